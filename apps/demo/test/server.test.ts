import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { createClient } from "@holdfast/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Demo, startDemo } from "../src/demo.ts";
import { contract } from "../src/shared/contract.ts";
import { Ledger } from "../src/shared/ledger.ts";

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo({ port: 0, print: () => {} });
});
afterAll(() => demo[Symbol.asyncDispose]());

const post = (path: string, headers: Record<string, string>): Promise<Response> =>
  fetch(new URL(path, demo.url), { method: "POST", headers });

test("a plain WebSocket is turned away with words", async () => {
  const link = new WebSocket(demo.proxy.url());
  const [, response] = (await once(link, "unexpected-response")) as [unknown, IncomingMessage];
  expect(response.statusCode).toBe(426);
  expect(await text(response)).toContain("connect with createClient");
});

test("a page from elsewhere gets no socket and cannot touch the network", async () => {
  const link = new WebSocket(demo.proxy.url(), "holdfast.1", { origin: "http://elsewhere.test" });
  await expect(once(link, "open")).rejects.toThrow("403");
  expect((await post("/api/fault/cut", { origin: "http://elsewhere.test" })).status).toBe(403);
  expect((await post("/api/fault/cut", {})).status).toBe(403);
  expect((await fetch(new URL("/api/fault/cut", demo.url))).status).toBe(405);
});

test("there are no sockets elsewhere", async () => {
  const link = new WebSocket(demo.proxy.url("/elsewhere"), "holdfast.1");
  await expect(once(link, "open")).rejects.toThrow("404");
});

test("who does not say who it is, is refused for good", async () => {
  await using client = createClient(contract, { url: demo.proxy.url(), log: "off" });
  const { cause } = await client.session.once("closed");
  expect(cause?.code).toBe("UNAUTHORIZED");
});

test("a saying that the contract refuses is told to its sender, and the session goes on", async () => {
  await using client = createClient(contract, {
    url: demo.proxy.url(),
    credential: { id: "test" },
    log: "off",
  });
  const at = new Date();
  await expect(client.emit("say", { n: 1, text: "", at })).rejects.toMatchObject({ code: "INVALID_MESSAGE" });
  const answer = client.once("said");
  await client.emit("say", { n: 1, text: "hi", at });
  expect(await answer).toMatchObject({ n: 1, to: { n: 1, text: "hi", at }, link: 1 });
  expect(await client.call("ledger")).toEqual({ received: [[1, 1]], doubled: 0, said: 1, doubted: [] });
});

test("the server counts what it hears twice, and what it misses", async () => {
  await using client = createClient(contract, {
    url: demo.proxy.url(),
    credential: { id: "liar" },
    log: "off",
  });
  const ledger = new Ledger(client);
  ledger.say("one");
  for (const n of [1, 3]) void client.emit("say", { n, text: "not from the ledger", at: new Date() });
  await ledger.check();
  expect(ledger.up).toEqual({ sent: 1, received: 2, failed: 0, lost: 0, doubled: 1 });
  expect((await client.call("ledger")).received).toEqual([
    [1, 1],
    [3, 3],
  ]);
});

test("the page may load nothing inline and nothing from elsewhere", async () => {
  const page = await fetch(demo.url);
  const policy = page.headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("unsafe");
  expect((await fetch(new URL("/nowhere", demo.url))).status).toBe(404);
});
