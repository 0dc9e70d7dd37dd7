import { expect, test } from "vitest";
import { byteLength } from "../src/message.ts";
import { play } from "./play.ts";

test("hold: what is sent while there is no connection has left, in order, before open is told", () => {
  const p = play();
  const sent: unknown[] = [];
  p.socket.onopen = () => sent.push(...p.last.sent);
  expect([p.socket.send("one"), p.socket.send("two")]).toEqual([false, false]);
  p.last.open();
  expect(p.socket.send("three")).toBe(true);
  p.last.end();
  p.socket.send("four");
  p.clock.advance(5_000);
  p.socket.send("five");
  p.last.open();
  expect(sent).toEqual(["one", "two", "four", "five"]);
  expect(p.links.map((link) => link.sent)).toEqual([
    ["one", "two", "three"],
    ["four", "five"],
  ]);
});

test("hold: a socket that is closing already takes nothing more, so it waits for the next", () => {
  const p = play();
  p.last.open();
  p.last.readyState = 2;
  expect([p.socket.readyState, p.socket.send("late")]).toEqual([2, false]);
  p.last.end(1001);
  p.clock.advance(5_000);
  p.last.open();
  expect(p.last.sent).toEqual(["late"]);
});

test("hold: after close() it waits for reconnect(), as with the peers", () => {
  const p = play();
  p.last.open();
  p.socket.close();
  p.socket.send("after");
  p.last.end(1005);
  expect(p.socket.bufferedAmount).toBe(5);
  p.socket.reconnect();
  p.last.open();
  expect(p.last.sent).toEqual(["after"]);
});

test("throw: InvalidStateError while CONNECTING, the wait included, and nothing is held", () => {
  const p = play({ whileDown: "throw" });
  const refused = expect.objectContaining({ name: "InvalidStateError", code: 11 });
  expect(() => p.socket.send("a")).toThrow(refused);
  p.last.open();
  expect(p.socket.send("b")).toBe(true);
  p.last.end();
  expect(() => p.socket.send("c")).toThrow(refused);
  p.clock.advance(5_000);
  p.last.open();
  p.socket.close();
  expect(p.socket.send("déjà")).toBe(false);
  p.last.end(1005);
  expect(p.socket.send(new ArrayBuffer(10))).toBe(false);
  expect([p.socket.bufferedAmount, p.last.sent]).toEqual([16, []]);
});

test("one poison message resent for ever (both drop-in peers): it is dropped once, and told", () => {
  const p = play();
  const dropped: unknown[] = [];
  p.socket.addEventListener("dropped", ({ data }) => dropped.push(data));
  for (const message of ["one", "poison", "two"]) p.socket.send(message);
  for (let i = 0; i < 3; i++) {
    p.last.open();
    p.last.end();
    p.clock.advance(10_000);
  }
  expect(p.links.map((link) => link.sent)).toEqual([["one", "two"], [], [], []]);
  expect(dropped).toEqual(["poison"]);
  p.last.open();
  expect(() => p.socket.send("poison")).toThrow("will not send that");
});

test("pladaria/reconnecting-websocket#147: a message too many is told, not dropped in silence", () => {
  const p = play({ maxEnqueuedMessages: 2 });
  const dropped: unknown[] = [];
  p.socket.addEventListener("dropped", ({ data }) => dropped.push(data));
  expect(["a", "b", "c", "d"].map((message) => p.socket.send(message))).toEqual([false, false, false, false]);
  expect([dropped, p.socket.bufferedAmount]).toEqual([["c", "d"], 2]);
});

test("pladaria/reconnecting-websocket#147: what waits can be taken back, as before a new session", () => {
  const p = play();
  p.socket.send("unsubscribe");
  p.socket.send(new Uint8Array([1, 2]));
  expect(p.socket.drainQueuedMessages()).toEqual(["unsubscribe", new Uint8Array([1, 2])]);
  p.last.open();
  expect([p.last.sent, p.socket.bufferedAmount, p.socket.drainQueuedMessages()]).toEqual([[], 0, []]);
});

test("what is held is what it was when it was sent", async () => {
  const p = play();
  const bytes = new Uint8Array([0, 1, 2, 3]);
  p.socket.send(bytes.buffer);
  p.socket.send(bytes.subarray(1, 3));
  p.socket.send(new DataView(bytes.buffer, 2));
  p.socket.send(new Blob(["blob"]));
  expect(p.socket.bufferedAmount).toBe(12);
  bytes.fill(9);
  p.last.open();
  const [buffer, view, dataView, last] = p.last.sent;
  expect(await (last as Blob).text()).toBe("blob");
  expect([buffer, view, dataView]).toEqual([
    new Uint8Array([0, 1, 2, 3]).buffer,
    new Uint8Array([1, 2]),
    new Uint8Array([2, 3]),
  ]);
});

test("what is not binary is sent as text, as the standard converts it", () => {
  const p = play();
  p.last.open();
  for (const data of [null, undefined, 7, {}, ["a", "b"]]) p.socket.send(data as never);
  expect(p.last.sent).toEqual(["null", "undefined", "7", "[object Object]", "a,b"]);
  expect(() => p.socket.send(Symbol("no") as never)).toThrow(TypeError);
  expect(() => Reflect.apply(p.socket.send, p.socket, [])).toThrow(TypeError);
});

test("bufferedAmount is the bytes of UTF-8 that wait, here and in the socket", () => {
  const p = play();
  p.socket.send("é€😀\ud800");
  expect(p.socket.bufferedAmount).toBe(2 + 3 + 4 + 3);
  p.last.open();
  p.last.bufferedAmount = 5;
  expect(p.socket.bufferedAmount).toBe(5);
});

test("the length of text is counted as TextEncoder does", () => {
  for (const text of [
    "",
    "a",
    "\u007f\u0080\u07ff\u0800\uffff",
    "\ud83d\ude00",
    "\udc00\ud800",
    "a\ud800b",
  ]) {
    expect(byteLength(text)).toBe(new TextEncoder().encode(text).length);
  }
});

test("binaryType is the standard's, kept over reconnects; others are ignored", () => {
  const p = play();
  expect([p.socket.binaryType, p.last.binaryType]).toEqual(["blob", "blob"]);
  p.socket.binaryType = "arraybuffer";
  p.socket.binaryType = "nodebuffer" as BinaryType;
  p.last.open();
  p.last.end();
  p.clock.advance(5_000);
  expect([p.socket.binaryType, p.links.map(({ binaryType }) => binaryType)]).toEqual([
    "arraybuffer",
    ["arraybuffer", "arraybuffer"],
  ]);
  p.socket.binaryType = "blob";
  expect([p.socket.binaryType, p.last.binaryType]).toEqual(["blob", "blob"]);
});

test("debug tells debugLogger, and nobody without it", () => {
  const lines: unknown[][] = [];
  const debugLogger = (...line: unknown[]): void => void lines.push(line);
  const quiet = play({ debugLogger });
  quiet.last.refuse();
  expect(lines).toEqual([]);
  const p = play({ debug: true, debugLogger });
  p.last.open();
  p.socket.send("x");
  p.last.end();
  expect(lines.map(([prefix, what]) => `${String(prefix)} ${String(what)}`)).toEqual([
    "RWS> connect",
    "RWS> open event",
    "RWS> send",
    "RWS> next delay",
    "RWS> close event",
  ]);
});
