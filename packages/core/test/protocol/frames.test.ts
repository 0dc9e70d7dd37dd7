import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode } from "../../src/protocol/decode.ts";
import { decodeHello } from "../../src/protocol/decode-hello.ts";
import { encode, encodeData } from "../../src/protocol/encode.ts";
import type { Frame, Greeting, WireRecord } from "../../src/protocol/shapes.ts";

const hello = { version: 1, attempt: 1, window: 262_144, maxMessageBytes: 1_048_576 };
const welcome = {
  session: { id: "s1", token: "t1" },
  generation: 1,
  outcome: "opened",
  window: 0,
  heartbeat: { intervalMs: 25_000, timeoutMs: 10_000 },
  resumeWithinMs: 120_000,
  maxMessageBytes: 1_048_576,
} as const;

const records: readonly WireRecord[] = [
  ["event", "say", "a"],
  ["event", "tick"],
  ["event", "nothing", null],
  ["call", 1, "echo", { text: "b" }],
  ["call", 2, "locate"],
  ["result", 1, "b"],
  ["result", 2],
  ["error", 3, { code: "BUSY", message: "later", data: [1] }],
  ["open", 4, "feed", { credit: 32, since: "n7" }, { unread: true }],
  ["open", 5, "feed", { credit: 0 }],
  ["item", 4, { id: 1 }],
  ["item", 5],
  ["end", 4],
  ["credit", 4, 16],
  ["cancel", 5],
];

const frames: readonly (Exclude<Frame, readonly ["ping" | "pong"]> | Greeting)[] = [
  ["hello", hello],
  ["hello", { ...hello, session: { id: "s1", token: "t1" }, received: 0, credential: "x" }],
  ["welcome", welcome],
  ["welcome", { ...welcome, outcome: "lost", reason: "unknown" }],
  ["data", 1, records],
  ["data", 2 ** 53 - 1, [["end", 1]], 0],
  ["volatile", [["event", "mouse", [1, 2]]]],
  ["ack", 0],
  ["ack", 7, 100],
  ["auth"],
  ["auth", "token"],
  ["authenticated", {}],
  ["drain", { withinMs: 30_000, url: "wss://other.example" }],
];

describe("a frame", () => {
  it.each(frames.map((frame) => [encode(frame), frame] as const))("%s", (text, frame) => {
    expect(decodeHello(text)).toEqual(frame);
  });

  it.each(["ping", "pong"])("may be a word: %s", (word) => {
    expect(decodeHello(word)).toEqual([word]);
  });

  it("of records joins their texts and is the same frame", () => {
    const text = encodeData(5, records.map(encode), 3);
    expect(decodeHello(text)).toEqual(["data", 5, records, 3]);
  });

  it("may bring more than this version knows", () => {
    expect(decodeHello('["ack",1,2,"later"]')).toEqual(["ack", 1, 2, "later"]);
    expect(decodeHello(JSON.stringify(["hello", { ...hello, later: true }]))).toHaveProperty("0", "hello");
  });

  it.each([
    "",
    "pingpong",
    "{}",
    "[]",
    "[1]",
    "null",
    '["nonsense"]',
    '["constructor"]',
    '["__proto__"]',
    '["data"]',
    '["data",1]',
    '["data",0,[["end",1]]]',
    '["data",-1,[["end",1]]]',
    '["data",1.5,[["end",1]]]',
    '["data",9007199254740992,[["end",1]]]',
    '["data","1",[["end",1]]]',
    '["data",1,[]]',
    '["data",1,[[]]]',
    '["data",1,[["nonsense"]]]',
    '["data",1,[["event"]]]',
    '["data",1,[["event",""]]]',
    '["data",1,[["call",0,"x"]]]',
    '["data",1,[["call","1","x"]]]',
    '["data",1,[["error",1,"x"]]]',
    '["data",1,[["error",1,{"code":1,"message":"x"}]]]',
    '["data",1,[["open",1,"x",{}]]]',
    '["data",1,[["item"]]]',
    '["volatile",[["call",1,"x"]]]',
    '["data",1,[["credit",1,0]]]',
    '["data",1,[["end",1]],-1]',
    '["ack",null]',
    '["hello",[]]',
    '["hello",{"version":"1"}]',
    JSON.stringify(["hello", { ...hello, session: { id: "s1" } }]),
    JSON.stringify(["hello", { ...hello, received: -1 }]),
    JSON.stringify(["hello", { ...hello, restarted: 1 }]),
    JSON.stringify(["welcome", { ...welcome, outcome: "fine" }]),
    JSON.stringify(["welcome", { ...welcome, heartbeat: 5 }]),
    '["drain",{}]',
  ])("is not: %s", (text) => {
    expect(decodeHello(text)).toHaveProperty("malformed", expect.any(String));
  });

  it("that greets is known before a welcome alone", () => {
    const text = encode(["hello", hello]);
    expect([decodeHello(text), decode(text)]).toEqual([["hello", hello], { malformed: "unknown hello" }]);
  });

  it("is never an exception, whatever arrives", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc.json().map((json) => `["data",1,${json}]`),
      fc.json().map((json) => `["hello",${json}]`),
      fc.nat(3_000).map((depth) => "[".repeat(depth) + "]".repeat(depth)),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const frame = decodeHello(text);
        expect("malformed" in frame || typeof frame[0] === "string").toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it("deep or polluting JSON changes no prototype", () => {
    decodeHello('["hello",{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}]');
    expect(decodeHello(`["data",1,[["event","x",${"[".repeat(100_000)}]]]`)).toHaveProperty("malformed");
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
