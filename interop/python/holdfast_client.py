"""A Holdfast client that asks and answers nothing; run, it tests servers. § is PROTOCOL.md's."""

import argparse
import asyncio
import json
import random

import websockets

WINDOW, LARGEST, BATCH, OUTBOX, ROOM = 262_144, 1_048_576, 65_536, 2_097_152, 64
DIAL_S, BACKOFF_S, STOPS = 3, 0.02, {1000, 1002, 1007, 1009, *range(4000, 4100)}  # §8
encode = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode  # ASCII: length is bytes


class Violation(Exception):
    """The link cannot go on; the argument is the close code (§8)."""


def check(condition, code=4000):
    if not condition:
        raise Violation(code)


def is_count(value, least=0):  # 1.0 is an integer, for JSON knows no difference (§2)
    return type(value) in (int, float) and least <= value < 2**53 and value % 1 == 0


async def hear(ws, quiet, patience):  # the next frame; the deadline starts with the ping (§7)
    message = "pong"
    while message in ("ping", "pong"):
        try:
            message = await asyncio.wait_for(ws.recv(), quiet)
        except TimeoutError:
            await asyncio.wait_for(ws.send("ping"), patience)
            message = await asyncio.wait_for(ws.recv(), patience)
        if message == "ping":
            await ws.send("pong")
    check(isinstance(message, str))
    check(len(message) <= LARGEST, 1009)
    try:
        return json.loads(message, parse_constant=lambda _: check(False))
    except (ValueError, RecursionError):
        raise Violation(4000) from None


class Said:
    """A record of this end, with what it takes to say it again in a new session (§6.1)."""

    def __init__(self, *record, again=False, want=0):
        self.record, self.again, self.want, self.answers = [*record], again, want, asyncio.Queue()


class Client:
    """What it says is kept until acknowledged, what it hears is handed over once, in order."""

    def __init__(self, url):
        self.url, self.session, self.credential, self.on_event = url, None, {}, print
        self.asks, self.in_doubt = {}, []  # what is open by id; records that failed as in doubt
        self.dials = self.failures = self.last_id = self.resumed = self.lost = self.leaving = 0
        self.closings, self.moved, self.peer_max = [], asyncio.Event(), LARGEST
        self.reset()

    def reset(self):
        self.outbox, self.held = {}, 0  # by offset, given at once: none is withdrawn (§5.6)
        self.sent = self.acked = self.next = self.flying = 0  # next, flying: of this link (§5.5)
        self.position, self.gaps, self.ack_due = 0, [], False

    async def ask(self, kind, name, *value, again=False, want=0):
        """The output of a call, or items. Again: it is idempotent, or the items are its cursors."""
        self.last_id = id = self.last_id + 1
        self.say(ask := Said(kind, id, name, *value, again=again, want=want), OUTBOX)
        self.asks[id] = ask
        try:
            while (answer := await ask.answers.get())[0] != "end":
                if answer[0] == "error":
                    raise RuntimeError(answer[2]["code"])
                if id in self.asks:
                    self.say(Said("credit", id, 1))
                yield answer[2] if len(answer) > 2 else None
        finally:
            if self.asks.pop(id, None):
                self.say(Said("cancel", id))

    def say(self, said, bound=2**53):
        if said.record[0] == "open":
            said.record[3]["credit"] = said.want - said.answers.qsize()
        said.text = encode(said.record)
        if len(said.text) + ROOM > min(self.peer_max, bound - self.held):
            raise OverflowError("TOO_LARGE or OUTBOX_FULL")  # §5.4, §5.5
        self.outbox[self.acked + len(self.outbox) + 1] = said
        self.held += len(said.text)
        self.moved.set()

    def next_frame(self):  # what the window lets go, or an ack that is due (§5.3, §5.5, §5.7)
        texts, size = [], ROOM
        while self.next in self.outbox:
            text = self.outbox[self.next].text
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
        while not self.leaving:
            while text := self.next_frame():
                await ws.send(text)
            await self.moved.wait()
            self.moved.clear()
        await ws.send(f'["ack",{self.position}]')  # before a clean close (§5.3)
        raise Violation(self.leaving)

    def leave(self, code=1000):
        self.leaving = 1000 if 1000 in (code, self.leaving) else code
        self.moved.set()

    async def read(self, ws):
        while True:
            match await hear(ws, self.quiet, self.patience):
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
                case ["auth", *_]:
                    await ws.send(encode(["auth", *self.credential.values()]))
                case ["drain", {"withinMs": within}, *_] if is_count(within):
                    delay = random.random() * within / 1000
                    asyncio.get_running_loop().call_later(delay, self.leave, 4200)
                case ["authenticated", dict(), *_] | ["volatile", list(), *_]:
                    pass  # nobody handles such events here
                case _:
                    raise Violation(4000)
            self.moved.set()

    def acknowledge(self, position=0):
        check(is_count(position) and position <= self.sent)
        while self.acked < position:
            self.acked += 1
            size = len(self.outbox.pop(self.acked).text)
            self.held -= size
            self.flying -= size if self.acked < self.next else 0
        self.next = max(self.next, self.acked + 1)

    def understand(self, record):  # what to do about a record of §4
        match record:
            case ["event", str(name), *payload]:
                return lambda: self.on_event(name, *payload[:1])
            case (["error", id, {"code": str(), "message": str()}, *_]
                  | ["result" | "item" | "gap" | "end", id, *_]) if is_count(id, 1):
                return lambda: self.answered(record)
            case ["call", id, str(), *_] | ["open", id, str(), {}, *_] if is_count(id, 1):
                return lambda: self.say(Said("error", id, {"code": "NO_HANDLER", "message": ""}))
            case ["credit" | "cancel", id, *_] if is_count(id, 1):
                return lambda: None  # what it might be of was refused, so it is not open (§4.1)
        raise Violation(4000)

    def answered(self, record):
        kind, ask = record[0], self.asks.get(record[1])
        if ask and kind != "gap":
            check(kind == "error" or (kind == "result") == (ask.record[0] == "call"))
            check(kind != "item" or ask.answers.qsize() < ask.want)  # one taken is one of credit
            ask.answers.put_nowait(record)
            if kind != "item":
                del self.asks[record[1]]
            elif ask.again and len(record) > 2:
                ask.record[3]["since"] = record[2]

    async def run(self):  # gives the close code that ended the session (§8)
        code = 1006
        while self.leaving != 1000 and code not in STOPS:
            self.leaving, self.failures = 0, self.failures + 1
            code = await self.one_link()
            await asyncio.sleep(random.random() * BACKOFF_S * 2 ** min(self.failures, 6))
        for ask in list(self.asks.values()):
            self.fail(ask)
        await asyncio.gather(*self.closings, return_exceptions=True)  # who is gone needs no goodbye
        return code

    async def one_link(self):
        self.dials, self.ws, code = self.dials + 1, None, 4201
        try:
            # A task of its own: with the last link's TaskGroup Python 3.11 has marked this one cancelled.
            await asyncio.wait_for(self.greet(), DIAL_S)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.read(self.ws))
                tasks.create_task(self.write(self.ws))
        except* (OSError, EOFError, websockets.WebSocketException) as group:
            gone = group.exceptions[0]  # also if there was no link, or a dead one
            code = gone.rcvd.code if getattr(gone, "rcvd_then_sent", False) else 4201
        except* Violation as group:
            code = group.exceptions[0].args[0]
        if self.ws:
            self.closings.append(asyncio.create_task(self.ws.close(code)))  # not waited for (§7)
        return code

    async def greet(self):
        self.ws = ws = await websockets.connect(
            self.url, subprotocols=["holdfast.1"], ping_interval=None, compression=None,
            max_size=2 * LARGEST, open_timeout=None, close_timeout=0.5)
        check(ws.subprotocol == "holdfast.1")
        hello = {"version": 1, "attempt": self.dials, "window": WINDOW, "maxMessageBytes": LARGEST}
        resume = {"session": self.session, "received": self.position} if self.session else {}
        await ws.send(encode(["hello", {**hello, **resume, **self.credential}]))
        match await hear(ws, DIAL_S, DIAL_S):
            case ["welcome", {"session": {"id": str(), "token": str()} as session, "window": room,
                              "heartbeat": {"intervalMs": interval, "timeoutMs": timeout},
                              "maxMessageBytes": most, "outcome": outcome, **more}, *_]:
                check(all(map(is_count, (room, most, interval, timeout))))
                check(outcome in (("resumed", "lost") if resume else ("opened",)))
            case _:
                raise Violation(4000)
        received = more.get("received")
        known = is_count(received) and self.acked <= received <= self.sent
        check(known or outcome != "resumed", 4302)
        self.acknowledge(received if known else 0)
        self.resumed += outcome == "resumed"
        if outcome == "lost":
            self.settle(self.acked if known else self.sent, more.get("reason") == "identity")
        self.session, self.window, self.peer_max = session, room, most
        self.next, self.flying = self.acked + 1, 0
        self.quiet, self.patience = (interval + timeout / 2) / 1000, timeout / 2000
        self.failures, self.ack_due = 0, True  # the ack tells that the token arrived (§5.3)

    def settle(self, reached, another):  # what of a lost session goes out again, and what fails (§6.1)
        old = [(0, ask) for ask in self.asks.values() if ask not in self.outbox.values()]
        old += self.outbox.items()
        self.lost += 1
        self.reset()
        for offset, said in old:
            if said.record[0] == "event" or said is self.asks.get(said.record[1]):
                if (offset > reached or said.again) and not another:
                    self.say(said)
                else:
                    self.fail(said)

    def fail(self, said):
        self.in_doubt.append(said.record)
        self.asks.pop(said.record[1], None)
        said.answers.put_nowait(["error", 0, {"code": "SESSION_LOST"}])


async def main(args):
    back, items, echoes, client = [], [], [], Client(args.url)
    client.on_event = lambda name, *value: back.extend(value if name == "said" else [])
    client.credential = {} if args.credential is None else {"credential": args.credential}

    async def say():
        for n in range(1, args.count + 1):
            while client.held > OUTBOX // 2:
                await asyncio.sleep(0.01)
            client.say(Said("event", "say", n), OUTBOX)
            await asyncio.sleep(1 / args.rate if args.rate else 0)
        while len(set(back)) < args.count:
            await asyncio.sleep(0.01)

    async def call():
        for n in range(20):
            echoes.append(await anext(client.ask("call", "echo", n, again=True)) == n)
            await asyncio.sleep(args.count / args.rate / 20 if args.rate else 0)

    async def count():
        async for item in client.ask("open", "count", {}, {"to": 100}, again=True, want=16):
            items.append(item)

    work = asyncio.gather(say(), call(), count(), return_exceptions=True)
    work.add_done_callback(lambda _: client.leave())
    asyncio.get_running_loop().call_later(args.timeout_s, client.leave)
    code = await client.run()
    whole = list(range(1, args.count + 1))
    print(encode({"sent": args.count, "received": len(back), "lost": len(set(whole) - set(back)),
                  "doubled": len(back) - len(set(back)), "dials": client.dials,
                  "reordered": sum(b < a for a, b in zip(back, back[1:])), "items": len(items),
                  "calls": sum(echoes), "resumed": client.resumed, "lostSessions": client.lost}))
    if back != whole or items != list(range(1, 101)) or sum(echoes) != 20:
        return f"not whole; the last close code was {code}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    for flag, kind, standard in (("count", int, 2000), ("credential", str, None),
                                 ("rate", float, 0), ("timeout-s", float, 60)):
        parser.add_argument(f"--{flag}", type=kind, default=standard)
    raise SystemExit(asyncio.run(main(parser.parse_args())))
