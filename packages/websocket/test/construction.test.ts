import { afterEach, expect, test, vi } from "vitest";
import { ReconnectingWebSocket } from "../src/index.ts";
import { FakeSocket } from "./fake-socket.ts";
import { play } from "./play.ts";

afterEach(() => vi.unstubAllGlobals());

const syntaxError = expect.objectContaining({ name: "SyntaxError", code: 12 });

test.each([
  ["ws://peer.test", "ws://peer.test/"],
  ["WSS://Peer.test:443/a b?c", "wss://peer.test/a%20b?c"],
  ["http://peer.test:80/", "ws://peer.test/"],
  ["https://peer.test:8443/x", "wss://peer.test:8443/x"],
  ["ws://peer.test/\ud800", "ws://peer.test/%EF%BF%BD"],
  [new URL("ws://peer.test/url"), "ws://peer.test/url"],
])("the URL %s is %s", (given, expected) => {
  const p = play({ url: given });
  expect([p.socket.url, p.last.url]).toEqual([expected, expected]);
});

test.each([
  "",
  "peer.test",
  "/relative",
  "ftp://peer.test/",
  "mailto:a@b",
  "ws://peer.test/#",
  "ws://peer.test/#a",
  "ws://pe er/",
  "ws://a:99999/",
])("without a page the URL %j is a SyntaxError", (url) => {
  expect(() => play({ url })).toThrow(syntaxError);
  expect(() => play({ url })).toThrow(DOMException);
});

test("on a page, relative URLs are relative to it", () => {
  vi.stubGlobal("location", { href: "https://page.test/dir/file?query" });
  expect(play({ url: "chat" }).socket.url).toBe("wss://page.test/dir/chat");
  vi.stubGlobal("document", { baseURI: "http://base.test/" });
  expect(play({ url: "/chat" }).socket.url).toBe("ws://base.test/chat");
});

test.each([[""], ["a b"], ["a,b"], ["a/b"], ["é"], ["a\n"], [["a", "a"]], [["a", "A"]], [["a", ""]]])(
  "the subprotocols %j are a SyntaxError",
  (protocols) => {
    expect(() => play({ protocols })).toThrow(syntaxError);
  },
);

test.each([
  ["chat", ["chat"]],
  [
    ["a", "b.c-d_e!#$%&'*+^`|~"],
    ["a", "b.c-d_e!#$%&'*+^`|~"],
  ],
  [[], undefined],
  [null, undefined],
  [undefined, undefined],
  [new Set(["a"]) as unknown as string[], ["a"]],
])("the subprotocols %j are offered as %j", (protocols, expected) => {
  expect(play({ protocols }).last.protocols).toEqual(expected);
});

test("a symbol is no URL, and nothing is none either", () => {
  expect(() => play({ url: Symbol("no") as never })).toThrow(TypeError);
  expect(() => new (ReconnectingWebSocket as unknown as new () => unknown)()).toThrow();
});

test("without any WebSocket class the constructor says what to do", () => {
  vi.stubGlobal("WebSocket", undefined);
  expect(() => new ReconnectingWebSocket("ws://peer.test/")).toThrow("set options.WebSocket");
});

test("a class that throws makes a failed attempt, told in a task of its own", () => {
  class Throwing extends FakeSocket {
    constructor(url: string) {
      super(url);
      throw new Error("blocked by policy");
    }
  }
  const p = play({ WebSocket: Throwing, minReconnectionDelay: 0, maxReconnectionDelay: 0 });
  const messages: unknown[] = [];
  p.socket.onerror = ({ message }) => messages.push(message);
  expect(p.told).toEqual([]);
  p.clock.advance(5);
  expect(messages.slice(0, 2)).toEqual(["blocked by policy", "blocked by policy"]);
  expect(messages.length).toBeLessThan(8);
});

test("url, protocol and extensions are the standard's before open, and the socket's after", () => {
  const p = play({ url: async () => "ws://peer.test/asked" });
  expect([p.socket.url, p.socket.protocol, p.socket.extensions, p.socket.bufferedAmount]).toEqual([
    "",
    "",
    "",
    0,
  ]);
  const other = play();
  other.last.protocol = "chat";
  other.last.extensions = "permessage-deflate";
  other.last.open();
  expect([other.socket.protocol, other.socket.extensions]).toEqual(["chat", "permessage-deflate"]);
});

test.each([
  [[999], "InvalidAccessError"],
  [[1001], "InvalidAccessError"],
  [[2999], "InvalidAccessError"],
  [[5000], "InvalidAccessError"],
  [[65536 + 1000], "InvalidAccessError"],
  [[null], "InvalidAccessError"],
  [["text"], "InvalidAccessError"],
  [[NaN], "InvalidAccessError"],
  [[1000, "x".repeat(124)], "SyntaxError"],
  [[1000, "é".repeat(62)], "SyntaxError"],
  [[undefined, "x".repeat(124)], "SyntaxError"],
])("close(%j) is an %s, in whatever state", (args, name) => {
  const p = play();
  const close = (): void => p.socket.close(...(args as [number, string]));
  const refused = expect.objectContaining({ name });
  expect(close).toThrow(refused);
  p.last.open();
  expect(close).toThrow(refused);
  expect([p.socket.readyState, p.last.closings]).toEqual([1, []]);
  p.socket.close();
  p.last.end(1005);
  expect(close).toThrow(refused);
});

test.each([
  [[], []],
  [[undefined], []],
  [[1000], [1000, ""]],
  [["3000"], [3000, ""]],
  [
    [1000, "x".repeat(123)],
    [1000, "x".repeat(123)],
  ],
  [
    [4999, "é".repeat(61)],
    [4999, "é".repeat(61)],
  ],
  [
    [undefined, "why"],
    [1000, "why"],
  ],
  [
    [1000, null],
    [1000, "null"],
  ],
])("close(%j) closes the socket with %j", (args, expected) => {
  const p = play();
  p.last.open();
  p.socket.close(...(args as [number, string]));
  expect(p.last.closings).toEqual([expected]);
});

test("the class looks like WebSocket", () => {
  const { socket } = play();
  expect(Object.prototype.toString.call(socket)).toBe("[object WebSocket]");
  expect([ReconnectingWebSocket.length, socket.send.length, socket.close.length]).toEqual([1, 1, 2]);
  expect(socket).toBeInstanceOf(EventTarget);
  expect(socket).toBeInstanceOf(ReconnectingWebSocket);
  const names = new Set<string>();
  for (const name in socket) names.add(name);
  for (const name of [
    "url",
    "readyState",
    "bufferedAmount",
    "onopen",
    "onerror",
    "onclose",
    "onmessage",
    "extensions",
    "protocol",
    "close",
    "binaryType",
    "send",
    "OPEN",
  ]) {
    expect(names).toContain(name);
  }
});

test("with() binds options, adds up, and leaves the last word to the constructor", () => {
  const Made: string[] = [];
  class One extends FakeSocket {
    constructor(url: string) {
      super(url);
      Made.push("one");
    }
  }
  class Two extends FakeSocket {
    constructor(url: string) {
      super(url);
      Made.push("two");
    }
  }
  const Bound = ReconnectingWebSocket.with({ WebSocket: One }).with({ startClosed: true });
  const socket = new Bound("ws://peer.test/");
  expect([socket.readyState, Made, socket instanceof ReconnectingWebSocket, Bound.length]).toEqual([
    3,
    [],
    true,
    1,
  ]);
  new Bound("ws://peer.test/", [], { startClosed: false }).close();
  new Bound("ws://peer.test/", [], { startClosed: false, WebSocket: Two }).close();
  expect(Made).toEqual(["one", "two"]);
});
