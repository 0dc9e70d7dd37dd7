import type { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RawClient } from "./raw-client.ts";
import { createStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await createStage();
});
afterEach(async () => {
  await stage.bystanderIsFine();
  await stage[Symbol.asyncDispose]();
});

const nested = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;

describe("after the welcome, with 4000 goes who says", () => {
  it.each<[string, unknown]>([
    ["an offset of 0", ["data", 0, [["event", "say"]]]],
    ["a negative offset", ["data", -1, [["event", "say"]]]],
    ["half an offset", ["data", 1.5, [["event", "say"]]]],
    ["a huge offset", '["data",1e308,[["event","say"]]]'],
    ["an offset that is no number", ["data", "1", [["event", "say"]]]],
    ["no offset", ["data"]],
    ["an empty frame", ["data", 1, []]],
    ["records that are none", ["data", 1, [7]]],
    ["an unknown record", ["data", 1, [["shout", "x"]]]],
    ["an event without a name", ["data", 1, [["event", ""]]]],
    ["an ack of what was never sent", ["ack", 1]],
    ["a negative ack", ["ack", -1]],
    ["an ack of half", ["ack", 0.5]],
    ["an unknown frame", ["shout", 1]],
    ["a frame that every object has", ["constructor", 1]],
    ["a second hello", ["hello", { version: 1, attempt: 2, window: 1, maxMessageBytes: 1 }]],
    ["a welcome", ["welcome", {}]],
    ["a drain", ["drain", { withinMs: 1 }]],
    ["a call that is volatile", ["volatile", [["call", 1, "echo", "x"]]]],
    ["an id that is none", ["data", 1, [["call", 0, "echo", "x"]]]],
    [
      "an id twice",
      [
        "data",
        1,
        [
          ["open", 1, "echo", { credit: 1 }],
          ["call", 2, "echo", 7],
          ["open", 3, "x", {}],
        ],
      ],
    ],
    ["a credit of nothing", ["data", 1, [["credit", 1, 0]]]],
    ["no JSON", "{"],
    ["no array", "{}"],
    ["nothing", ""],
    ["null", "null"],
    ["what is nested beyond all reason", nested],
    ["a frame nested beyond all reason", `["data",1,[["event","say",${nested}]`],
  ])("%s", async (_, frame) => {
    const [client] = await RawClient.welcomed(stage.url);
    client.say(frame);
    expect(await client.closed).toBe(4000);
    expect(stage.got).toEqual([]);
  });

  it("bytes", async () => {
    const [client] = await RawClient.welcomed(stage.url);
    client.socket.send(Buffer.of(1, 2, 3));
    expect(await client.closed).toBe(4000);
  });

  it("another call with an id that is open", async () => {
    const [client] = await RawClient.welcomed(stage.url);
    client.say([
      "data",
      1,
      [
        ["call", 1, "nothing"],
        ["call", 1, "echo", "x"],
      ],
    ]);
    await client.next();
    client.say([
      "data",
      3,
      [
        ["open", 2, "echo", { credit: 1 }],
        ["open", 2, "echo", { credit: 1 }],
      ],
    ]);
    // Neither is open any more when the next comes: answered at once. Nothing is wrong, and nothing is left.
    await client.next();
    client.socket.close(1000);
    expect(await client.closed).toBe(1000);
  });
});

describe("a message", () => {
  it("of more than maxMessageBytes is closed with 1009", async () => {
    const [client] = await RawClient.welcomed(stage.url);
    client.say(["data", 1, [["event", "say", "x".repeat(1_100_000)]]]);
    expect(await client.closed).toBe(1009);
  });

  it("in a piece for every four bytes is not put together, for nobody else would be heard meanwhile: 1008", async () => {
    const [client] = await RawClient.welcomed(stage.url);
    const raw = (client.socket as unknown as { _socket: Socket })._socket;
    let isClosed = false;
    void client.closed.then(() => (isClosed = true));
    // 100,000 bytes of text, whose mask changes nothing.
    raw.write(Buffer.from("81ff00000000000186a000000000", "hex"));
    for (let bytes = 0; bytes < 100_000 && !isClosed; bytes += 4) {
      raw.write("    ");
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await client.closed).toBe(1008);
  });

  it("that is no UTF-8 is closed with 1007", async () => {
    const [client] = await RawClient.welcomed(stage.url);
    client.socket.send(Buffer.of(0xc3, 0x28), { binary: false });
    expect(await client.closed).toBe(1007);
  });

  it("that would pollute a prototype pollutes nothing, and arrives as data", async () => {
    const [client] = await RawClient.welcomed(stage.url);
    client.say(
      '["data",1,[["event","say",{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]]]',
    );
    await client.next();
    expect(stage.got).toHaveLength(1);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    client.say([
      "data",
      2,
      [
        ["event", "__proto__", 1],
        ["call", 1, "constructor", 1],
        ["call", 2, "__proto__"],
      ],
    ]);
    const [, , answers] = (await client.next()) as [string, number, [string, number, { code: string }][]];
    expect(answers.map(([, , { code }]) => code)).toEqual(["UNKNOWN", "UNKNOWN"]);
  });

  it("with what the contract refuses is told, not obeyed, and costs nobody the session", async () => {
    const invalid: unknown[] = [];
    stage.server.on("invalid", ({ name }) => invalid.push(name));
    const [client] = await RawClient.welcomed(stage.url);
    client.say([
      "data",
      1,
      [
        ["call", 1, "echo", 7],
        ["event", "nothing", 7],
        ["call", 2, "echo", "fine"],
      ],
    ]);
    const [, , answers] = (await client.next()) as [string, number, unknown[]];
    expect(answers).toEqual([
      ["error", 1, { code: "INVALID", message: expect.any(String) }],
      ["result", 2, "fine"],
    ]);
    expect(invalid).toEqual(["echo", "nothing"]);
  });
});
