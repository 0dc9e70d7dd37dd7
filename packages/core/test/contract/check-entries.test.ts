import { expect, it } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import { checkEntries, checkHandlers } from "../../src/contract/check-entries.ts";
import { defineContract } from "../../src/contract/contract.ts";
import { call, event, stream } from "../../src/contract/entry.ts";

it("takes every option there is, absent or undefined", () => {
  const fromClient = {
    hello: event(),
    publish: event(z.string(), { idempotent: true, delivery: "reliable" }),
    ask: call(),
    echo: call({ input: z.string(), output: z.string(), errors: { NO: z.string() }, idempotent: false }),
    vague: call({ input: undefined, output: undefined, errors: undefined, idempotent: undefined }),
    feed: stream({ input: z.string(), item: z.string(), errors: {}, cursor: (item) => item }),
    ticks: stream({ item: z.number(), cursor: undefined }),
  };
  checkEntries(
    defineContract({ fromClient, fromServer: { where: event(z.string(), { delivery: "volatile" }) } }),
  );
});

const mistyped: object = { input: z.string(), idempotant: true };

it.each<[string, object, string]>([
  [
    "an option that nobody reads",
    call(mistyped),
    "fromServer.x.idempotant must be absent, for call() takes input, output, errors, idempotent, but is true",
  ],
  [
    "one of another kind",
    stream({ item: z.string(), output: z.string() } as never),
    "fromServer.x.output must be absent",
  ],
  [
    "a schema in the place of the options",
    call(z.number() as object),
    "must be absent, for call() takes input",
  ],
  ["one of zod/mini", call(mini.number() as object), "must be absent, for call() takes input"],
  [
    "a delivery that there is not",
    event(z.string(), { delivery: "volatil" as never }),
    'fromServer.x.delivery must be reliable or volatile, but is "volatil"',
  ],
  [
    "an idempotent that is neither",
    event(z.string(), { idempotent: "no" as never }),
    'fromServer.x.idempotent must be true or false, but is "no"',
  ],
  [
    "an entry that nobody made",
    { kind: "constructor" },
    "fromServer.x must be made by event(), call() or stream()",
  ],
])("refuses %s", (_, entry, words) => {
  expect(() => checkEntries({ fromClient: {}, fromServer: { x: entry as never } })).toThrow(words);
});

it.each<[unknown, string]>([
  [undefined, "contract must be an object, but is undefined"],
  [
    { fromClient: {} },
    "contract.fromServer must be an object, as defineContract() makes it, but is undefined",
  ],
  [{ fromClient: null, fromServer: {} }, "contract.fromClient must be an object"],
])("refuses what is no contract: %j", (contract, words) => {
  expect(() => checkEntries(contract as never)).toThrow(`CONFIG: ${words}`);
});

const asking = defineContract({
  fromServer: { where: call({ output: z.string() }), news: event(z.string()) },
});

it("takes handlers of what the server may ask", () => {
  for (const handlers of [undefined, {}, { where: () => "here" }]) checkHandlers(asking, handlers);
});

it.each<[unknown, string]>([
  [null, "handlers must be an object, but is null"],
  [{ where: "here" }, 'handlers.where must be a function, but is "here"'],
  [{ wear: () => {} }, "handlers.wear must be absent, for the server asks no such call or stream"],
  [{ news: () => {} }, "handlers.news must be absent"],
  [{ constructor: () => {} }, "handlers.constructor must be absent"],
])("refuses handlers that would never be called: %j", (handlers, words) => {
  expect(() => checkHandlers(asking, handlers)).toThrow(`CONFIG: ${words}`);
});
