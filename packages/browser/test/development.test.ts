import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod";
import * as development from "../src/development.ts";
import * as production from "../src/index.ts";

const { call, connect, createClient, defineContract } = development;
const url = "ws://127.0.0.1/";
const oneWay = z.object({ at: z.string().transform((text) => text.length) });

test("while one develops, a schema that knows one way is CONFIG at construction, and not only when something is sent", () => {
  const messages = { outgoing: oneWay };
  expect(() => connect(url, { messages, start: "manual" })).toThrow(
    "CONFIG: messages.outgoing.at has a transform, which knows one way: use a codec",
  );
  const light = production.connect(url, { messages, start: "manual", outbox: { maxBytes: 1_000 } });
  expect(() => light.send({ at: 1 })).toThrow(expect.objectContaining({ code: "INVALID_MESSAGE" }));
});

test.each([
  ["connect", () => connect(url, null as never)],
  ["connect", () => connect(url, "json" as never)],
  ["createClient", () => createClient(defineContract({}), undefined as never)],
])("while one develops, options of %s that are no object are CONFIG", (_, construct) => {
  expect(construct).toThrow("CONFIG: options must be an object");
});

test("while one develops, what is wrong with a contract or its handlers is CONFIG", () => {
  const contract = defineContract({ fromClient: { ask: call(z.number() as object) } });
  const empty = defineContract({});
  expect(() => createClient(empty, { url, handlers: null as never })).toThrow(
    "CONFIG: handlers must be an object",
  );
  expect(() => createClient(contract, { url })).toThrow(
    /^CONFIG: fromClient.ask.\w+ must be absent, for call\(\) takes input/,
  );
});

test("what can be is made as ever", async () => {
  await using connection = connect(url, { messages: { outgoing: z.string() }, start: "manual" });
  await using client = createClient(defineContract({}), { url, start: "manual" });
  await using bare = connect(url, { start: "manual" });
  for (const one of [connection, client, bare]) expect(one.state.phase).toBe("idle");
});

test("both have the same names, and bundlers find the one for development first", () => {
  expect(Object.keys(development).toSorted()).toEqual(Object.keys(production).toSorted());
  const { exports, publishConfig } = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  ) as Record<string, { exports: Record<string, object> } & Record<string, object>>;
  for (const of of [exports?.["."], publishConfig?.exports["."]]) {
    const conditions = Object.keys(of ?? {});
    expect(conditions.slice(-3)).toEqual(["types", "development", "default"]);
  }
});
