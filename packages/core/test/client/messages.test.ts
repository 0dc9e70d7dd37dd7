import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import { type Connection, HoldfastError } from "../../src/index.ts";
import { codeOf, createWorld, url } from "./world.ts";

const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const Tick = z.object({ at: isoDate, price: z.number() });
const Command = z.discriminatedUnion("type", [
  z.object({ type: z.literal("subscribe"), since: isoDate }),
  z.object({ type: z.literal("stop") }),
]);

function open<C>(connection: C, { transport }: ReturnType<typeof createWorld>): C {
  transport.last.open();
  return connection;
}

describe("typed messages", () => {
  it("travel as the schemas say: a Date both ways", () => {
    const world = createWorld();
    const connection = world.connect(url, { messages: { incoming: Tick, outgoing: Command } });
    expectTypeOf(connection).toEqualTypeOf<
      Connection<{ at: Date; price: number }, { type: "subscribe"; since: Date } | { type: "stop" }>
    >();
    open(connection, world);
    const ticks: { at: Date; price: number }[] = [];
    connection.on("message", (tick) => ticks.push(tick));
    connection.send({ type: "subscribe", since: new Date(0) });
    expect(world.transport.last.sent).toEqual(['{"type":"subscribe","since":"1970-01-01T00:00:00.000Z"}']);
    world.transport.last.receive('{"at":"2026-01-01T00:00:00.000Z","price":3}');
    expect(ticks).toEqual([{ at: new Date(Date.UTC(2026, 0)), price: 3 }]);
  });

  it("work with zod/mini alike", () => {
    const world = createWorld();
    const Message = mini.object({ text: mini.string().check(mini.maxLength(3)) });
    const connection = open(
      world.connect(url, { messages: { incoming: Message, outgoing: Message } }),
      world,
    );
    const seen: unknown[] = [];
    connection.on("message", ({ text }) => seen.push(text));
    connection.on("invalid", ({ issues }) => seen.push(issues[0]?.code));
    world.transport.last.receive('{"text":"abc"}');
    world.transport.last.receive('{"text":"abcd"}');
    expect(seen).toEqual(["abc", "too_big"]);
    expect(codeOf(() => connection.send({ text: "abcd" }))).toMatch(/^INVALID_MESSAGE: text/);
  });

  it("that the schema refuses arrive at `invalid`, with zod's issues and the raw text, and the connection goes on", () => {
    const world = createWorld();
    const connection = open(world.connect(url, { messages: { incoming: Tick } }), world);
    const seen: unknown[] = [];
    connection.on("message", (tick) => seen.push(tick.price));
    connection.on("invalid", ({ issues, raw, error }) =>
      seen.push([issues.map(({ path, message }) => [path, message]), raw, !!error]),
    );
    world.transport.last.receive('{"at":"2026-01-01T00:00:00Z","price":"3"}');
    world.transport.last.receive("{not json");
    world.transport.last.receive('{"at":"2026-01-01T00:00:00Z","price":4}');
    expect(seen).toEqual([
      [
        [[["price"], "Invalid input: expected number, received string"]],
        '{"at":"2026-01-01T00:00:00Z","price":"3"}',
        false,
      ],
      [[], "{not json", true],
      4,
    ]);
    expect(connection.state.name).toBe("OPEN");
  });

  it("that `send` refuses throw INVALID_MESSAGE, saying where and what, and send nothing", () => {
    const world = createWorld();
    const connection = open(world.connect(url, { messages: { outgoing: Command } }), world);
    const wrong = { type: "subscribe", since: "yesterday" } as never;
    expect(codeOf(() => connection.send(wrong))).toMatch(/^INVALID_MESSAGE: since .*\(expected date\)$/);
    expect(world.transport.last.sent).toEqual([]);
    try {
      connection.send(wrong);
    } catch (error) {
      expect(HoldfastError.is(error, "INVALID_MESSAGE") && error.cause).toMatchObject({
        issues: [{ path: ["since"] }],
      });
    }
  });

  it.each([
    ["a one-way transform", z.string().transform((text) => text.length), 3],
    ["an asynchronous refinement", z.string().refine(async () => true), "x"],
    ["a value that JSON does not know", z.bigint(), 1n],
    ["undefined", z.undefined(), undefined],
  ])("%s is INVALID_MESSAGE, never an exception of another kind", (_, outgoing, value) => {
    const world = createWorld();
    const connection = open(world.connect(url, { messages: { outgoing } }), world);
    expect(codeOf(() => connection.send(value as never))).toMatch(/^INVALID_MESSAGE: /);
  });

  it("an asynchronous schema for what arrives is told at `invalid`", () => {
    const world = createWorld();
    const incoming = z.string().refine(async () => true);
    const connection = open(world.connect(url, { messages: { incoming } }), world);
    const errors: unknown[] = [];
    connection.on("invalid", ({ error }) => errors.push((error as Error).message));
    world.transport.last.receive('"x"');
    expect(errors).toEqual([expect.stringMatching(/promise/i)]);
  });

  it("deeply nested or polluting JSON is data like any other", () => {
    const world = createWorld();
    const connection = open(world.connect(url, { messages: { incoming: z.looseObject({}) } }), world);
    const seen: unknown[] = [];
    connection.on("message", (message) => seen.push(message));
    connection.on("invalid", (invalid) => seen.push(invalid));
    world.transport.last.receive(
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    );
    world.transport.last.receive("[".repeat(100_000));
    expect(seen).toHaveLength(2);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(connection.state.name).toBe("OPEN");
  });
});

describe("formats", () => {
  it("without schemas, strings arrive as they come and bytes stay bytes", () => {
    const world = createWorld();
    const connection = open(world.connect(url), world);
    expectTypeOf(connection).toEqualTypeOf<Connection>();
    const seen: unknown[] = [];
    connection.on("message", (text) => seen.push(text));
    connection.on("binary", (bytes) => seen.push(bytes));
    world.transport.last.receive("{not json");
    world.transport.last.receive(new Uint8Array([1, 2]));
    connection.send(new Uint8Array([3]));
    expect(seen).toEqual(["{not json", new Uint8Array([1, 2])]);
    expect(world.transport.last.sent).toEqual([new Uint8Array([3])]);
  });

  it("binary stays binary next to typed messages", () => {
    const world = createWorld();
    const connection = open(world.connect(url, { messages: { incoming: Tick, outgoing: Command } }), world);
    const seen: unknown[] = [];
    connection.on("binary", (bytes) => seen.push(bytes));
    connection.send(new Uint8Array([1]));
    world.transport.last.receive(new Uint8Array([2]));
    expect(world.transport.last.sent).toEqual([new Uint8Array([1])]);
    expect(seen).toEqual([new Uint8Array([2])]);
  });

  it("json without schemas takes anything that JSON does", () => {
    const world = createWorld();
    const connection = open(world.connect(url, { format: "json" }), world);
    const seen: unknown[] = [];
    connection.on("message", (message) => seen.push(message));
    connection.send({ a: 1 });
    world.transport.last.receive("[1,2]");
    expect(world.transport.last.sent).toEqual(['{"a":1}']);
    expect(seen).toEqual([[1, 2]]);
  });

  it("may be an object with a memory", () => {
    const world = createWorld();
    const format = {
      count: 0,
      encode(message: unknown) {
        return `${++this.count} ${String(message)}`;
      },
      decode: String,
    };
    const connection = open(world.connect(url, { format }), world);
    connection.send("a");
    connection.send("b");
    expect(world.transport.last.sent).toEqual(["1 a", "2 b"]);
  });

  it("one of the user's own gets everything, bytes too", () => {
    const world = createWorld();
    const format = {
      encode: (message: unknown) => new TextEncoder().encode(String(message)),
      decode: (data: string | Uint8Array) =>
        typeof data === "string" ? data : new TextDecoder().decode(data),
    };
    const connection = open(
      world.connect(url, { format, messages: { incoming: z.string(), outgoing: z.string() } }),
      world,
    );
    const seen: unknown[] = [];
    connection.on("message", (text) => seen.push(text));
    connection.send("hi");
    world.transport.last.receive(new TextEncoder().encode("ho"));
    expect(world.transport.last.sent).toEqual([new TextEncoder().encode("hi")]);
    expect(seen).toEqual(["ho"]);
  });
});
