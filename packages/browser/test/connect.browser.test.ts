import { afterEach, describe, expect, inject, it } from "vitest";
import * as z from "zod/mini";
import type {} from "../../../scripts/echo-server.ts";
import { connect, type Connection, type ConnectOptions } from "../src/index.ts";

const quick = { log: "off", backoff: { initialMs: 20, maxMs: 50 } } as const;
let opened: Connection<unknown, unknown>[] = [];

function dial(options: ConnectOptions = {}): Connection {
  const connection = connect(inject("echoUrl"), { ...quick, ...options });
  opened.push(connection);
  return connection;
}

afterEach(async () => {
  await Promise.all(opened.map((connection) => connection.close()));
  opened = [];
});

describe("connect in a browser", () => {
  it("sends and receives what zod/mini says, and bytes as bytes", async () => {
    const Message = z.object({ text: z.string() });
    const connection = connect(inject("echoUrl"), {
      ...quick,
      messages: { incoming: Message, outgoing: Message },
    });
    opened.push(connection);
    connection.send({ text: "hello" });
    expect(await connection.once("message")).toEqual({ text: "hello" });
    connection.send(new Uint8Array([1, 2, 3]));
    expect(await connection.once("binary")).toEqual(new Uint8Array([1, 2, 3]));
  });

  it("resolves a relative URL as new WebSocket() does: against the base element of the page", async () => {
    const base = document.createElement("base");
    base.href = inject("echoUrl").replace("ws", "http");
    document.head.append(base);
    try {
      const connection = connect("relative", quick);
      opened.push(connection);
      connection.send("hello");
      expect(await connection.once("message", { timeoutMs: 2_000 })).toBe("hello");
    } finally {
      base.remove();
    }
  });

  it("comes back after a cut, with what waited", async () => {
    const connection = dial();
    connection.send("cut");
    await connection.once("state", ({ name }) => name === "CONNECTING");
    connection.send("waited");
    expect(await connection.once("message")).toBe("waited");
  });

  it("stops where the server says so", async () => {
    const connection = dial();
    connection.send("close:4003:forbidden");
    expect(await connection.once("closed")).toMatchObject({
      code: 4003,
      reason: "forbidden",
      cause: { code: "CLOSED" },
    });
  });

  it("a refused connection is never a close with code 1000", async () => {
    const connection = connect(inject("echoUrl").replace("127.0.0.1", "[::1]"), {
      ...quick,
      backoff: { initialMs: 1, maxAttempts: 1 },
    });
    expect(await connection.once("closed")).toMatchObject({ code: 1006 });
  });

  it("dials when the page says that the network is back, instead of waiting", async () => {
    const connection = dial({ backoff: () => 60_000 });
    connection.send("cut");
    await connection.once("state", ({ phase }) => phase === "waiting");
    dispatchEvent(new Event("offline"));
    expect(connection.state).toMatchObject({ name: "CONNECTING", phase: "offline" });
    dispatchEvent(new Event("online"));
    await connection.opened();
  });

  it("resolves relative URLs where the page is", () => {
    const connection = connect("/ws", { start: "manual" });
    expect(connection.state.phase).toBe("idle");
  });

  it("asks a link that it can ping, when the page is seen again", async () => {
    const connection = dial({
      heartbeat: { intervalMs: 60_000, ping: "ping", isPong: (data) => data === "ping" },
    });
    await connection.opened();
    const seen: string[] = [];
    connection.on("message", (text) => seen.push(text));
    document.dispatchEvent(new Event("resume"));
    connection.send("after");
    await connection.once("message");
    // The echo of the ping came first and was kept from us.
    expect(seen).toEqual(["after"]);
  });
});
