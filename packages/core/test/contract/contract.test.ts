import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import { call, type Call, event, type Event, type Nothing, stream } from "../../src/contract/entry.ts";
import { defineContract, mergeContracts } from "../../src/contract/contract.ts";
import { HoldfastError } from "../../src/holdfast-error.ts";

const when = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const Item = z.object({ id: z.string(), at: when });

describe("a contract", () => {
  const mail = defineContract({
    fromClient: {
      echo: call({ input: z.string(), output: z.string() }),
      publish: event(Item, { idempotent: true }),
      join: call({ input: z.string(), errors: { FULL: z.object({ limit: z.number() }) } }),
      feed: stream({ input: z.object({ unread: z.boolean() }), item: Item, cursor: (item) => item.id }),
      ticks: stream({ item: z.number() }),
    },
    fromServer: { notification: event(Item), locate: call({ output: mini.string() }), hello: event() },
  });

  it("keeps what was said, with defaults, and its types", () => {
    expect(mail.fromClient.publish).toEqual({
      kind: "event",
      payload: Item,
      idempotent: true,
      delivery: "reliable",
    });
    expect(mail.fromClient.echo).toMatchObject({ kind: "call", errors: {}, idempotent: false });
    expect(mail.fromClient.ticks.cursor).toBeUndefined();
    expect(mail.fromClient.feed.cursor?.({ id: "7", at: new Date() })).toBe("7");
    expectTypeOf(mail.fromClient.publish).toEqualTypeOf<Event<typeof Item>>();
    expectTypeOf(mail.fromServer.hello).toEqualTypeOf<Event<Nothing>>();
    expectTypeOf(mail.fromClient.echo).toEqualTypeOf<Call<z.ZodString, z.ZodString, Record<never, never>>>();
    expectTypeOf(mail.fromClient.feed.cursor).toEqualTypeOf<
      ((item: { id: string; at: Date }) => string) | undefined
    >();
    expectTypeOf(mail.fromClient.join.errors.FULL).toEqualTypeOf<z.ZodObject<{ limit: z.ZodNumber }>>();
  });

  it("may have one side only", () => {
    const contract = defineContract({ fromServer: { tick: event(z.number()) } });
    expect(contract.fromClient).toEqual({});
    expectTypeOf<keyof typeof contract.fromClient>().toEqualTypeOf<never>();
  });

  it("merges with others under their names", () => {
    const chat = defineContract({ fromClient: { say: event(z.string()) } });
    const both = mergeContracts({ mail, chat });
    expect(both.fromClient["chat.say"]).toBe(chat.fromClient.say);
    expect(Object.keys(both.fromServer)).toEqual(["mail.notification", "mail.locate", "mail.hello"]);
    expectTypeOf(both.fromClient["mail.echo"]).toEqualTypeOf(mail.fromClient.echo);
  });
});

describe("what cannot be encoded is CONFIG, naming entry and path", () => {
  it.each<[string, z.ZodType, string]>([
    ["a transform", z.string().transform(Number), "fromClient.x.payload has a transform"],
    [
      "one deep inside",
      z.object({ a: z.array(z.object({ b: z.string().transform(Number) })) }),
      "fromClient.x.payload.a[].b has a transform",
    ],
    ["whether something is valid", z.success(z.string()), "fromClient.x.payload has a transform"],
    ["a preprocess", z.preprocess(String, z.string()), "fromClient.x.payload has a transform"],
    [
      "one of a union",
      z.union([z.string(), z.object({ n: z.string().transform(Number) })]),
      "fromClient.x.payload.n has a transform",
    ],
    [
      "in a tuple",
      z.tuple([z.string(), z.string().transform(Number)]),
      "fromClient.x.payload[1] has a transform",
    ],
    ["in a lazy schema", z.lazy(() => z.string().transform(Number)), "fromClient.x.payload has a transform"],
    [
      "an asynchronous refinement",
      z.object({ s: z.string().refine(async () => true) }),
      "fromClient.x.payload.s has an asynchronous refinement",
    ],
    [
      "an asynchronous codec",
      z.codec(z.string(), z.string(), { decode: async (x) => x, encode: (x) => x }),
      "fromClient.x.payload has an asynchronous codec",
    ],
    ["no schema", "string" as never, "fromClient.x.payload must be a zod 4 schema"],
  ])("%s", (_, schema, message) => {
    const define = (): unknown => defineContract({ fromClient: { x: event(schema) } });
    expect(define).toThrow(message);
    expect(define).toThrow(HoldfastError);
  });

  it.each<[string, object, string]>([
    ["input", call({ input: z.string().transform(Number) }), "fromServer.x.input"],
    ["output", call({ output: z.string().transform(Number) }), "fromServer.x.output"],
    ["item", stream({ item: z.string().transform(Number) }), "fromServer.x.item"],
    ["an error's data", call({ errors: { FULL: z.string().transform(Number) } }), "fromServer.x.FULL"],
  ])("in %s", (_, entry, message) => {
    expect(() => defineContract({ fromServer: { x: entry as never } })).toThrow(message);
  });

  it.each([z.string(), undefined, {}])("so is an entry that nobody made: %s", (entry) => {
    expect(() => defineContract({ fromClient: { x: entry as never } })).toThrow(
      "fromClient.x must be made by event(), call() or stream(), under a name",
    );
    expect(() => defineContract({ fromClient: { "": event() } })).toThrow(HoldfastError);
  });

  it("so is a stream without an item, or with a cursor that is no function", () => {
    const define = (shape: object) => () => defineContract({ fromClient: { x: stream(shape as never) } });
    expect(define({})).toThrow("fromClient.x.item must be a zod 4 schema, but is undefined");
    expect(define({ item: z.object({ id: z.string() }), cursor: "id" })).toThrow(
      'fromClient.x.cursor must be a function, but is "id"',
    );
  });

  it("but codecs, recursion, mini and everything else is fine", () => {
    interface Tree {
      readonly children: readonly Tree[];
    }
    const Tree: z.ZodType<Tree> = z.lazy(() => z.object({ children: z.array(Tree) }));
    const all = z.object({
      when,
      tree: Tree,
      record: z.record(z.string(), when.optional()),
      or: z.string().or(z.number()).nullable().default("x").catch("y"),
      refined: z.string().refine((text) => text !== ""),
    });
    expect(() =>
      defineContract({
        fromClient: {
          x: event(all),
          y: event(mini.optional(mini.map(mini.string(), mini.set(mini.number())))),
        },
      }),
    ).not.toThrow();
  });

  it("nor is one without an end: a lazy schema that is another one whenever it is asked", () => {
    const tree = (leaf: z.ZodType): z.ZodType =>
      z.lazy(() => z.object({ leaf, left: tree(leaf), right: tree(leaf).optional() }));
    const define = (payload: z.ZodType) => () => defineContract({ fromClient: { x: event(payload) } });
    expect(define(tree(z.number()))).not.toThrow();
    expect(define(tree(z.string().transform(Number)))).toThrow("fromClient.x.payload.leaf has a transform");
    const bush = (): z.ZodType =>
      z.lazy(() => z.object({ a: bush(), b: bush(), c: bush(), d: bush(), e: bush(), f: bush() }));
    expect(define(bush())).not.toThrow();
  });

  it("and one that is lazy inside of lazy, twenty times, is looked through to its end", () => {
    let chain: z.ZodType = z.object({ n: z.string().transform(Number) });
    for (let depth = 0; depth < 20; depth++) {
      const inner = chain;
      chain = z.object({ next: z.lazy(() => inner) });
    }
    expect(() => defineContract({ fromClient: { x: event(chain) } })).toThrow("has a transform");
  });

  it("an error that is called like a part hides none of it, and asks for none", () => {
    const input = z.string().transform(Number);
    const hidden = { fromClient: { x: call({ input, errors: { input: z.string() } }) } };
    expect(() => defineContract(hidden)).toThrow("CONFIG: fromClient.x.input has a transform");
    const absent = { fromClient: { x: call({ errors: { input: z.string(), output: z.string() } }) } };
    expect(() => defineContract(absent)).not.toThrow();
  });
});
