"""A Holdfast server that answers and asks nothing; run, it tests clients. § is PROTOCOL.md's."""

import argparse
import asyncio
import hashlib
import json
import secrets
import signal
import sys
from collections import Counter
from http import HTTPStatus
from time import monotonic

import websockets

WINDOW, LARGEST, BATCH, OUTBOX, ROOM = 262_144, 1_048_576, 65_536, 2_097_152, 64
HELLO_BYTES, HELLO_S, NOBODY = 16_384, 10, {"id": "", "token": ""}
encode = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode  # ASCII: length is bytes
sessions, said, counts = {}, [], Counter(resumed=0, lost=0)


class Violation(Exception):
    """The link cannot go on; the argument is the close code (§8)."""


def check(condition, code=4000):
    if not condition:
        raise Violation(code)


def is_count(value, least=0):  # 1.0 is an integer, for JSON knows no difference (§2)
    return type(value) in (int, float) and least <= value < 2**53 and value % 1 == 0


def identify(credential=None):
    check(credential == "ok" or not args.credential_required, 4001)
    return encode(credential)


async def hear(ws, interval=HELLO_S, timeout=HELLO_S, most=LARGEST):
    """The next frame. Asks when it is quiet; the deadline starts with the ping (§7)."""
    message = "pong"
    while message in ("ping", "pong"):
        try:
            message = await asyncio.wait_for(ws.recv(), ws.last_out + interval - monotonic())
        except TimeoutError:
            await asyncio.wait_for(ws.send("ping"), timeout)
            ws.last_out = monotonic()
            message = await asyncio.wait_for(ws.recv(), timeout)
        if message == "ping":
            await ws.send("pong")
    check(isinstance(message, str))
    check(len(message.encode()) <= most, 4013)
    try:
        return json.loads(message, parse_constant=lambda _: check(False))
    except (ValueError, RecursionError):
        raise Violation(4000) from None


class Session:
    """What it says is kept until acknowledged, what it hears is handed over once, in order."""

    def __init__(self, identity):
        self.identity, self.id, self.generation = identity, secrets.token_urlsafe(16), 0
        self.confirmed, self.ended = False, ""  # ended for a reason, it is a tombstone (§6.4)
        self.outbox, self.held = {}, 0  # texts by offset, given at once: none is withdrawn (§5.6)
        self.sent = self.acked = 0  # the highest offset that was ever written, or acknowledged
        self.position, self.gaps, self.ack_due = 0, [], False
        self.handlers, self.credits = {}, Counter()  # of what is open, by id
        self.moved = asyncio.Event()

    def attach(self, ws):
        self.ws, self.next, self.flying = ws, self.acked + 1, 0  # of this link (§5.5, §6.2)
        self.expires = monotonic() + args.resume_within_ms / 1000
        self.moved.set()

    def end(self, reason):
        self.ended, self.outbox, self.handlers = self.ended or reason, {}, {}
        self.attach(None)

    def push(self, record):
        text = encode(record)
        check(len(text) + ROOM <= min(self.peer_max, OUTBOX - self.held), 4301)
        self.outbox[self.acked + len(self.outbox) + 1] = text
        self.held += len(text)

    def next_frame(self):  # what the window lets go, or an ack that is due (§5.3, §5.5, §5.7)
        for handler in list(self.handlers.values()):
            next(handler, None)
        texts, size = [], ROOM
        while text := self.outbox.get(self.next):
            size += len(text) + 1
            fits = self.flying + len(text) <= self.window or self.flying == 0 < self.window
            if not fits or (texts and size > min(BATCH, self.peer_max)):
                break
            texts.append(text)
            self.flying += len(text)
            self.sent, self.next = max(self.sent, self.next), self.next + 1
        due, self.ack_due = self.ack_due, False
        if texts:
            return f'["data",{self.next - len(texts)},[{",".join(texts)}],{self.position}]'
        return f'["ack",{self.position}]' if due else None

    async def write(self, ws):
        while self.ws is ws:
            if text := self.next_frame():
                await ws.send(text)
                ws.last_out = monotonic()
            else:
                await self.moved.wait()
                self.moved.clear()
        raise Violation(4009)

    async def read(self, ws):
        while True:
            frame = await hear(ws, args.interval_ms / 1000, args.timeout_ms / 1000)
            check(self.ws is ws, 4009)
            self.confirmed, self.hashes = True, self.hashes[:1]  # the token arrived (§6.3)
            match frame:
                case ["data", first, [_, *_] as records, *ack] if is_count(first, 1):
                    actions = [self.understand(record) for record in records]  # all, or none counts
                    self.acknowledge(*ack[:1])
                    self.ack_due = True
                    if first > self.position + 1:  # §5.1
                        self.gaps = [at for at in self.gaps if at == self.position] + [self.position]
                        raise Violation(4302 if len(self.gaps) > 3 else 4202)
                    for action in actions[int(self.position + 1 - first):]:
                        self.position += 1  # before the handler starts (§5.2)
                        action()
                case ["ack", position, *window] if is_count(window[0] if window else 0):
                    self.acknowledge(position)
                    self.window = window[0] if window else self.window
                case ["auth", *credential]:
                    check(identify(*credential[:1]) == self.identity, 4001)
                    await ws.send('["authenticated",{}]')
                case ["volatile", list(events), *_]:  # nobody handles such events here
                    check(all(self.understand(event) and event[0] == "event" for event in events))
                case _:
                    raise Violation(4000)
            self.moved.set()

    def acknowledge(self, position=0):
        check(is_count(position) and position <= self.sent)
        while self.acked < position:
            self.acked += 1
            size = len(self.outbox.pop(self.acked))
            self.held -= size
            self.flying -= size if self.acked < self.next else 0
        self.next = max(self.next, self.acked + 1)

    def understand(self, record):  # what to do about a record of §4
        match record:
            case ["event", str(name), *payload]:
                return lambda: self.on_event(name, *payload[:1])
            case ["call", id, str(), *_] if is_count(id, 1):
                return lambda: self.start(0, *record)
            case ["open", id, str(), {"credit": n, **more}, *_] if is_count(id, 1) and is_count(n):
                check(is_count(more.get("since", 0)) or isinstance(more["since"], str))
                return lambda: self.start(n, *record)
            case ["credit", id, n, *_] if is_count(id, 1) and is_count(n):
                return lambda: self.credits.update({id: n})
            case ["cancel", id, *_] if is_count(id, 1):
                return lambda: self.handlers.pop(id, None)
            case ["result" | "error" | "item" | "gap" | "end", id, *_] if is_count(id, 1):
                return lambda: None  # this end never asks, so no such id is open (§4.1)
        raise Violation(4000)

    def start(self, credit, kind, id, *rest):
        check(id not in self.handlers)
        self.handlers[id], self.credits[id] = self.handle(kind, id, *rest), credit
        next(self.handlers[id], None)

    def on_event(self, name, *payload):
        if name == "say":
            said.extend(payload)
            self.push(["event", "said", *payload])

    def handle(self, kind, id, name, *rest):  # yields while there is no room or no credit
        try:
            while self.held > OUTBOX // 2:
                yield
            match kind, name:
                case "call", "echo":
                    self.push(["result", id, *rest[:1]])
                case "call", "fail":
                    self.push(["error", id, {"code": "FULL", "message": "", "data": {"limit": 3}}])
                case "open", "count":
                    for item in range(int(rest[0].get("since", 0)), rest[1]["to"]):
                        while self.held > OUTBOX // 2 or not self.credits[id]:
                            yield
                        self.credits[id] -= 1
                        self.push(["item", id, item + 1])
                    self.push(["end", id])
                case _:
                    self.push(["error", id, {"code": "UNKNOWN", "message": ""}])
        except Exception:
            self.push(["error", id, {"code": "INTERNAL", "message": ""}])
        finally:
            self.handlers.pop(id, None)


async def serve(ws):
    session, code, ws.last_out = None, 4203, monotonic()
    try:
        check(ws.subprotocol == "holdfast.1", 4006)
        session, text = welcome(ws, await asyncio.wait_for(hear(ws, most=HELLO_BYTES), HELLO_S))
        await ws.send(text)
        ws.last_out = monotonic()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(session.read(ws))
            tasks.create_task(session.write(ws))
    except* TimeoutError:
        code = 4201 if session else 4210
    except* websockets.ConnectionClosed as closed:
        code = closed.exceptions[0].rcvd.code if closed.exceptions[0].rcvd else 1006
    except* Violation as violation:
        code = violation.exceptions[0].args[0]
    finally:
        if session and session.ws is ws:
            session.attach(None)
            if code in (1000, 4301, 4302) or not session.confirmed:
                session.end({1000: "closed", 4301: "overflow", 4302: "gap"}.get(code, "expired"))
        await ws.close(code)


def welcome(ws, frame):
    """Opens a session or resumes one, in the order of §6, and says so."""
    match frame:
        case ["hello", {"version": version}, *_] if version != 1:
            raise Violation(4006)
        case ["hello", {"attempt": attempt, "window": room, "maxMessageBytes": most} as hello, *_]:
            named, received = hello.get("session", NOBODY), hello.get("received", 0)
            check(all(map(is_count, (attempt, room, most, received))) and isinstance(named, dict))
            check({type(named.get(key)) for key in ("id", "token")} == {str})
        case _:
            raise Violation(4000)
    identity, token = identify(hello.get("credential")), secrets.token_urlsafe(32)
    current, presented = (hashlib.sha256(encode(secret).encode()).digest()
                          for secret in (token, named["token"]))
    answer = dict(outcome="opened") if named is NOBODY else dict(outcome="lost", reason="unknown")
    session = sessions.get(named["id"])
    if session and any(secrets.compare_digest(presented, known) for known in session.hashes):
        answer["reason"] = "identity"
        if session.identity == identity:
            if not session.ws and monotonic() > session.expires:
                session.end("expired")
            check(session.ended or attempt > session.attempt, 4009)
            if not session.acked <= received <= session.sent:
                session.end("position")
            lost = dict(outcome="lost", reason=session.ended) if session.ended else {}
            answer = {"outcome": "resumed", "received": session.position, **lost}
    counts[answer["outcome"]] += 1
    if answer["outcome"] != "resumed":
        session, received, presented = Session(identity), 0, b""
        sessions[session.id] = session
    session.attach(ws)
    session.acknowledge(received)
    session.handlers = {} if hello.get("restarted") is True else session.handlers  # §6.6
    session.hashes, session.generation = [current, presented], session.generation + 1  # §6.3
    session.attempt, session.window, session.peer_max = attempt, room, most
    return session, encode(["welcome", {
        "session": {"id": session.id, "token": token}, "generation": session.generation, **answer,
        "window": WINDOW, "maxMessageBytes": LARGEST, "resumeWithinMs": args.resume_within_ms,
        "heartbeat": {"intervalMs": args.interval_ms, "timeoutMs": args.timeout_ms}}])


def choose(first, second):  # since websockets 14 the first argument is the connection
    offered = first if isinstance(first, list) else second
    return min(offered, key=lambda name: (name != "holdfast.1", not name.startswith("holdfast.")))


async def admit(first, second):
    offered = getattr(second, "headers", second).get_all("Sec-WebSocket-Protocol")
    if ",holdfast." not in "".join(f",{names}" for names in offered).replace(" ", ""):
        refusal = HTTPStatus.UPGRADE_REQUIRED, [], b""
        return first.respond(refusal[0], "") if hasattr(first, "respond") else refusal


async def main():
    async with websockets.serve(
            serve, "127.0.0.1", args.port, subprotocols=["holdfast.1"], select_subprotocol=choose,
            process_request=admit, ping_interval=None, compression=None, max_size=LARGEST,
            close_timeout=0.5) as listener:
        print("listening", listener.sockets[0].getsockname()[1], flush=True)
        loop, stdin = asyncio.get_running_loop(), asyncio.StreamReader()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stdin), sys.stdin)
        loop.add_signal_handler(signal.SIGTERM, stdin.feed_eof)
        async for line in stdin:
            if line.strip() == b"report":
                print(encode({"received": said, "sessions": len(sessions), **counts}), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for flag, standard in {"port": 0, "interval-ms": 1000, "timeout-ms": 500,
                           "resume-within-ms": 120_000}.items():
        parser.add_argument(f"--{flag}", type=int, default=standard)
    parser.add_argument("--credential-required", action="store_true", help="accept none but ok")
    args = parser.parse_args()
    asyncio.run(main())
