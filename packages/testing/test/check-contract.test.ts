import { call, defineContract, event, stream } from "@holdfast/core";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import { checkContract, type ContractFinding } from "../src/index.ts";

const when = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const miniWhen = mini.codec(mini.iso.datetime(), mini.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

interface Tree {
  readonly at: Date;
  readonly children: readonly Tree[];
}
const Tree: z.ZodType<Tree> = z.lazy(() => z.object({ at: z.date(), children: z.array(Tree) }));
const Person = z.object({
  born: z.date(),
  get friends() {
    return z.array(Person);
  },
});

describe("a contract that JSON would change is told of", () => {
  it.each<[what: string, schema: z.core.$ZodType, path: string, problem: string]>([
    ["a date", z.date(), "", "a Date becomes a string"],
    ["a date of mini", mini.date(), "", "a Date becomes a string"],
    ["a checked date", z.date().min(new Date(0)).brand("past").describe("x"), "", "a Date becomes a string"],
    ["a map", z.map(z.string(), z.number()), "", "a Map becomes {}"],
    ["a map of mini", mini.map(mini.string(), mini.number()), "", "a Map becomes {}"],
    ["a set", z.set(z.string()), "", "a Set becomes {}"],
    ["a set of mini", mini.set(mini.string()), "", "a Set becomes {}"],
    ["a bigint", z.bigint(), "", "JSON.stringify() throws for a bigint"],
    ["a coerced bigint", z.coerce.bigint(), "", "JSON.stringify() throws for a bigint"],
    ["64 bits", mini.int64(), "", "JSON.stringify() throws for a bigint"],
    ["a literal bigint", z.literal(["a", 1n]), "", "JSON.stringify() throws for a bigint"],
    ["a symbol", z.symbol(), "", "a symbol is left out, and becomes null in an array"],
    [
      "symbols as keys",
      z.record(z.symbol(), z.string()),
      "*",
      "a symbol is left out, and becomes null in an array",
    ],
    ["NaN", z.nan(), "", "NaN becomes null"],
    ["a literal that is no number", mini.literal(Infinity), "", "NaN and Infinity become null"],
    ["a file", z.file(), "", "a File becomes {}"],
    ["a function", z.function(), "", "a function is left out, and becomes null in an array"],
    [
      "an instance",
      z.instanceof(Uint8Array),
      "",
      "nobody can tell what becomes of an instance of Uint8Array",
    ],
    ["a custom schema", mini.custom<string>(), "", "nobody can tell what becomes of a custom schema"],

    ["undefined in an array", z.array(z.undefined()), "[]", "undefined becomes null in an array"],
    ["optional in an array", z.array(z.string().optional()), "[]", "undefined becomes null in an array"],
    [
      "one under other words",
      z.array(z.string().optional().nullable().readonly().catch("x")),
      "[]",
      "undefined becomes null in an array",
    ],
    [
      "optional of mini",
      mini.array(mini.optional(mini.string())),
      "[]",
      "undefined becomes null in an array",
    ],
    ["void in a tuple", z.tuple([z.string(), z.void()]), "[1]", "undefined becomes null in an array"],
    [
      "the rest of a tuple",
      z.tuple([z.string()], z.string().optional()),
      "[]",
      "undefined becomes null in an array",
    ],
    [
      "a union in an array",
      z.array(z.union([z.string(), z.literal([1, undefined])])),
      "[]",
      "undefined becomes null in an array",
    ],
    ["a lazy one", z.array(z.lazy(() => z.string().optional())), "[]", "undefined becomes null in an array"],
    [
      "what a codec leaves out",
      z.array(
        z.codec(z.string().optional(), z.string(), { decode: (text) => text ?? "", encode: (text) => text }),
      ),
      "[]",
      "undefined becomes null in an array",
    ],
    [
      "undefined under a key that must be there",
      z.object({ a: z.union([z.string(), z.undefined()]) }),
      "a",
      "a key whose value is undefined is left out, and the other side refuses that",
    ],

    [
      "in an object",
      z.object({ a: z.object({ at: z.date().optional() }) }),
      "a.at",
      "a Date becomes a string",
    ],
    ["in an object of mini", mini.object({ a: mini.nullable(mini.date()) }), "a", "a Date becomes a string"],
    ["in other keys", z.object({}).catchall(z.date()), "*", "a Date becomes a string"],
    ["in an array", z.array(z.object({ at: z.date() })), "[].at", "a Date becomes a string"],
    ["in a tuple", z.tuple([z.string(), z.object({ at: z.date() })]), "[1].at", "a Date becomes a string"],
    ["in a record", z.object({ by: z.record(z.string(), z.date()) }), "by.*", "a Date becomes a string"],
    ["in a union", z.union([z.string(), z.object({ at: z.date() })]), "at", "a Date becomes a string"],
    [
      "in a discriminated union",
      mini.discriminatedUnion("kind", [
        mini.object({ kind: mini.literal("a") }),
        mini.object({ kind: mini.literal("b"), at: mini.date() }),
      ]),
      "at",
      "a Date becomes a string",
    ],
    [
      "in an intersection",
      z.object({ a: z.string() }).and(z.object({ at: z.date() })),
      "at",
      "a Date becomes a string",
    ],
    [
      "under a default",
      z.object({ at: z.date().default(new Date(0)).readonly() }),
      "at",
      "a Date becomes a string",
    ],
    ["where a pipe begins", z.object({ at: z.date().pipe(z.any()) }), "at", "a Date becomes a string"],
    ["in what recurs", Tree, "at", "a Date becomes a string"],
    ["in what recurs by a getter", Person, "born", "a Date becomes a string"],
    [
      "where a codec begins",
      z.object({
        at: z.codec(z.date(), z.string(), {
          decode: (date) => date.toISOString(),
          encode: (text) => new Date(text),
        }),
      }),
      "at",
      "a Date becomes a string",
    ],
  ])("%s", (_, payload, path, problem) => {
    const found = checkContract(defineContract({ fromClient: { publish: event(payload) } }));
    expect(found).toEqual([
      { entry: "fromClient.publish.payload", path, problem, remedy: expect.stringMatching(/\w/) },
    ]);
  });

  it("everywhere in it, in order", () => {
    const at = z.object({ at: z.date() });
    const contract = defineContract({
      fromClient: {
        say: event(at),
        hello: event(),
        join: call({
          input: z.set(z.string()),
          output: z.map(z.string(), at),
          errors: { FULL: at, GONE: z.string() },
        }),
        leave: call(),
      },
      fromServer: {
        feed: stream({ input: at, item: at, cursor: (item) => item.at.getTime(), errors: { LATE: z.nan() } }),
      },
    });
    expect(checkContract(contract).map(placeOf)).toEqual([
      "fromClient.say.payload at",
      "fromClient.join.input ",
      "fromClient.join.output ",
      "fromClient.join.errors.FULL at",
      "fromServer.feed.input at",
      "fromServer.feed.item at",
      "fromServer.feed.errors.LATE ",
    ]);
  });

  it("once for what is used twice, but for each place where it can be mended", () => {
    const date = z.date();
    const Item = z.object({ made: date, read: date });
    const contract = defineContract({ fromClient: { x: event(z.object({ first: Item, second: Item })) } });
    expect(checkContract(contract).map(placeOf)).toEqual([
      "fromClient.x.payload first.made",
      "fromClient.x.payload first.read",
    ]);
  });

  it("with two words where two things happen", () => {
    const contract = defineContract({ fromServer: { x: event(z.array(z.date().optional())) } });
    expect(checkContract(contract).map(({ problem }) => problem)).toEqual([
      "undefined becomes null in an array",
      "a Date becomes a string",
    ]);
  });
});

describe("a contract that comes back as it went is fine:", () => {
  it.each<[what: string, schema: z.core.$ZodType]>([
    ["what JSON has", z.json()],
    [
      "every sort of text and number",
      z.tuple([z.email(), z.int(), z.enum(["a"]), z.templateLiteral(["a", z.number()]), z.null()]),
    ],
    ["literals", z.literal(["a", 1, true, null])],
    ["what may be anything", z.array(z.union([z.any(), z.unknown()]))],
    ["what never is", z.array(z.never())],
    ["a codec whose wire side is", z.object({ at: when, list: z.array(z.nullable(when)) })],
    ["one of mini", mini.object({ at: mini.optional(miniWhen), list: mini.array(miniWhen) })],
    [
      "codecs in codecs",
      z.codec(z.array(z.tuple([z.string(), when])), z.map(z.string(), z.date()), {
        decode: (pairs) => new Map(pairs),
        encode: (map) => [...map],
      }),
    ],
    ["a codec of zod's own", z.array(z.stringbool())],
    ["a coerced date, which the other side makes again", z.coerce.date()],
    [
      "what may be absent",
      z
        .object({ a: z.string().optional(), b: z.string().nullish(), c: z.exactOptional(z.string()) })
        .optional(),
    ],
    ["nothing at all", z.void()],
    [
      "undefined that a default, or nonoptional, keeps away",
      z.array(z.string().optional().nonoptional().default("x")),
    ],
    ["undefined that only one half allows", z.array(z.string().optional().and(z.string()))],
    [
      "the end of a tuple that may be absent, and not undefined",
      z.tuple([z.string(), mini.exactOptional(mini.string())]),
    ],
    [
      "checks and overwrites",
      z
        .string()
        .trim()
        .min(1)
        .refine((text) => text !== "x"),
    ],
    [
      "recursion",
      z.object({
        get self() {
          return z.array(z.lazy(() => z.string())).optional();
        },
      }),
    ],
  ])("%s", (_, payload) => {
    expect(checkContract(defineContract({ fromServer: { x: event(payload) } }))).toEqual([]);
  });

  it("an empty one", () => {
    expect(checkContract(defineContract({}))).toEqual([]);
  });
});

describe("what it says is what zod and JSON do:", () => {
  it.each<[what: string, schema: z.ZodType, value: unknown]>([
    ["a coerced date", z.coerce.date(), new Date(5)],
    ["a codec", z.object({ at: when }), { at: new Date(5) }],
    ["an absent optional", z.object({ a: z.string().optional() }), {}],
    ["the end of a tuple", z.tuple([z.string(), z.exactOptional(z.string())]), ["a"]],
  ])("%s comes back", (_, schema, value) => {
    expect(overJson(schema, value)).toEqual({ success: true, data: value });
  });

  it.each<[what: string, schema: z.ZodType, value: unknown]>([
    ["a date", z.date(), new Date(5)],
    ["a map", z.map(z.string(), z.string()), new Map([["a", "b"]])],
    ["optional in an array", z.array(z.string().optional()), [undefined]],
    ["undefined under a key", z.object({ a: z.union([z.string(), z.undefined()]) }), { a: undefined }],
    ["NaN", z.nan(), Number.NaN],
  ])("%s is refused", (_, schema, value) => {
    expect(overJson(schema, value).success).toBe(false);
  });
});

function overJson(schema: z.ZodType, value: unknown): { success: boolean } {
  return z.safeDecode(schema, JSON.parse(JSON.stringify(z.encode(schema, value))) as never);
}

function placeOf({ entry, path }: ContractFinding): string {
  return `${entry} ${path}`;
}
