import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Demo, startDemo } from "../src/demo.ts";

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo({ port: 0, print: () => {} });
});
afterAll(() => demo[Symbol.asyncDispose]());

const post = (path: string, headers: Record<string, string>): Promise<Response> =>
  fetch(new URL(path, demo.url), { method: "POST", headers });

test("what it cannot understand is refused, and the link goes on", async () => {
  const link = new WebSocket(demo.proxy.url());
  await once(link, "open");
  const answers: unknown[] = [];
  const at = new Date().toISOString();
  for (const said of ["{", '{"type":"say"}', Buffer.of(1), JSON.stringify({ type: "say", text: "hi", at })]) {
    link.send(said);
    const [data] = await once(link, "message");
    answers.push(JSON.parse(String(data)));
  }
  expect(answers).toMatchObject([
    { type: "refused", because: "that is no JSON" },
    { type: "refused", because: expect.stringContaining("at") },
    { type: "refused", because: "bytes mean nothing here" },
    { type: "echo", text: "hi", saidAt: at, count: 1 },
  ]);
  link.close();
  await once(link, "close");
});

test("a page from elsewhere gets no socket and cannot touch the network", async () => {
  const link = new WebSocket(demo.proxy.url(), { origin: "http://elsewhere.test" });
  await expect(once(link, "open")).rejects.toThrow("403");
  expect((await post("/api/proxy/cut", { origin: "http://elsewhere.test" })).status).toBe(403);
  expect((await post("/api/proxy/cut", {})).status).toBe(403);
  expect((await fetch(new URL("/api/proxy/cut", demo.url))).status).toBe(405);
});

test("the page may load nothing inline and nothing from elsewhere", async () => {
  const page = await fetch(demo.url);
  const policy = page.headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("unsafe");
  expect((await fetch(new URL("/nowhere", demo.url))).status).toBe(404);
});
