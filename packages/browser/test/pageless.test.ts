import { afterEach, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { connect, createClient, defineContract } from "../src/index.ts";
import { EchoServer } from "./echo-server.ts";

afterEach(() => vi.unstubAllGlobals());

// Deno, Bun, Workers, Node itself: a `WebSocket`, and no page.
test("where there is no page, connect() dials what is absolute, a string or a URL, asked or not", async () => {
  vi.stubGlobal("WebSocket", WebSocket);
  expect(globalThis.location).toBeUndefined();
  await using server = await EchoServer.start();
  for (const url of [server.url, new URL(server.url), () => server.url, server.url.replace("ws", "http")]) {
    await using connection = connect(url, { backoff: { maxAttempts: 1 } });
    await connection.opened({ timeoutMs: 5_000 });
    const echo = connection.once("message");
    connection.send("hello");
    expect(await echo).toBe("hello");
  }
});

test("where there is no page, createClient() dials", async () => {
  vi.stubGlobal("WebSocket", WebSocket);
  await using server = await EchoServer.start();
  await using client = createClient(defineContract({ fromClient: {}, fromServer: {} }), {
    url: `${server.url}session`,
    log: "off",
  });
  // An echo server speaks no session; but it was dialled.
  await expect(client.opened({ timeoutMs: 5_000 })).rejects.toMatchObject({ code: "PROTOCOL" });
  expect(server.upgrades).toEqual({ "/session": 1 });
});

test("where there is no page yet, a relative URL is left for later", () => {
  expect(connect("/ws", { start: "manual" }).state.phase).toBe("idle");
});
