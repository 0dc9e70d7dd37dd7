import { once } from "node:events";
import { Agent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { type AddressInfo, createServer } from "node:net";
import { createFaultProxy, type FaultProxy } from "@holdfast/testing/node";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import * as z from "zod";
import { runChild } from "./run-child.ts";
import { connect, type Connection, type ConnectOptions, HoldfastError } from "../src/index.ts";

// Real sockets on loopback, with a proxy between that fails the way networks do.
let server: WebSocketServer;
let proxy: FaultProxy;
let opened: Connection<unknown, unknown>[];

beforeEach(async () => {
  opened = [];
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  server.on("connection", (socket) => {
    socket.on("error", () => socket.terminate());
    socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  const { port } = server.address() as AddressInfo;
  proxy = await createFaultProxy({ to: { host: "127.0.0.1", port } });
});

afterEach(async () => {
  await Promise.all(opened.map((connection) => connection.close()));
  await proxy.close();
  for (const socket of server.clients) socket.terminate();
  server.close();
});

const quick = { log: "off", backoff: { initialMs: 20, maxMs: 50 }, closeTimeoutMs: 200 } as const;

function dial(options: ConnectOptions = {}): Connection {
  const connection = connect(proxy.url(), { ...quick, ...options });
  opened.push(connection);
  return connection;
}

/** The next link that reaches the server. */
async function nextLink(): Promise<WebSocket> {
  const [socket] = (await once(server, "connection")) as [WebSocket];
  return socket;
}

describe("connect on Node", () => {
  it("sends and receives what the schemas say, a Date too", async () => {
    const at = z.codec(z.iso.datetime(), z.date(), {
      decode: (text) => new Date(text),
      encode: (date) => date.toISOString(),
    });
    const Message = z.object({ at });
    const connection = connect(proxy.url(), {
      ...quick,
      headers: { "x-client": "test" },
      messages: { incoming: Message, outgoing: Message },
    });
    opened.push(connection);
    expectTypeOf(connection).toEqualTypeOf<Connection<{ at: Date }, { at: Date }>>();
    connection.send({ at: new Date(5) });
    expect(await connection.once("message")).toEqual({ at: new Date(5) });
  });

  it("comes back after the link is cut, and writes what waited, once", async () => {
    const connection = dial();
    await connection.opened();
    const again = nextLink();
    proxy.cut();
    await connection.once("state", ({ name }) => name === "CONNECTING");
    connection.send("waited");
    const received: string[] = [];
    (await again).on("message", (data) => received.push(String(data)));
    await connection.once("message", (text) => text === "waited");
    connection.send("fence");
    await connection.once("message", (text) => text === "fence");
    expect(received).toEqual(["waited", "fence"]);
  });

  it("pladaria#98: a black hole is found by protocol pings, a half-open link too", async () => {
    const connection = dial({ heartbeat: { intervalMs: 100, timeoutMs: 50 } });
    for (const fault of ["blackhole", "halfOpen"] as const) {
      await connection.opened();
      const lost = connection.once("state", ({ name }) => name === "CONNECTING");
      proxy[fault]();
      await lost;
      proxy.heal();
      await connection.opened();
      connection.send(fault);
      await connection.once("message", (text) => text === fault);
    }
  });

  it("a slow download is life: 200 kB in drips outlive a heartbeat of 200 ms", async () => {
    const connection = dial({ heartbeat: { intervalMs: 100, timeoutMs: 100 } });
    await connection.opened();
    const losses: unknown[] = [];
    connection.on("state", (state) => losses.push(state));
    proxy.throttle(200_000);
    const [socket] = server.clients;
    const big = connection.once("message");
    socket?.send("x".repeat(200_000));
    expect((await big).length).toBe(200_000);
    expect(losses).toEqual([]);
  });

  it("a slow upload is life too, while the send buffer drains", async () => {
    const connection = dial({
      heartbeat: { intervalMs: 100, timeoutMs: 300 },
      outbox: { maxBytes: 64_000_000 },
    });
    await connection.opened();
    const losses: unknown[] = [];
    connection.on("state", (state) => losses.push(state));
    // Nothing comes back, and a pong would have to overtake what is in the kernel's buffers, some 5 MB on loopback.
    const [socket] = server.clients;
    socket?.removeAllListeners("message");
    proxy.throttle(12_000_000);
    for (let i = 0; i < 375; i++) connection.send(new Uint8Array(64_000));
    await connection.drained();
    expect(losses).toEqual([]);
  });

  it("a server that refuses the upgrade is told with its status, and tried again", async () => {
    const refusing = new WebSocketServer({
      port: 0,
      host: "127.0.0.1",
      verifyClient: (_, done) => done(false, 503),
    });
    await once(refusing, "listening");
    const { port } = refusing.address() as AddressInfo;
    const connection = connect(`ws://127.0.0.1:${port}`, {
      ...quick,
      backoff: { initialMs: 1, maxAttempts: 2 },
    });
    const { cause } = await connection.once("closed");
    expect(cause?.message).toBe("CLOSED: the link closed: HTTP 503");
    refusing.close();
  });

  it("pladaria#183, partykit/partykit#912: a dial that takes too long is no uncaught exception", async () => {
    proxy.blackhole();
    const connection = dial({ dialTimeoutMs: 50, backoff: { initialMs: 1, maxAttempts: 2 } });
    const { cause } = await connection.once("closed");
    expect(cause?.message).toBe("CLOSED: dialTimeoutMs passed");
  });

  it("a message over maxPayloadBytes ends the connection with 1009, and throws nowhere", async () => {
    const connection = connect(proxy.url(), { ...quick, maxPayloadBytes: 1_000 });
    opened.push(connection);
    await connection.opened();
    const [socket] = server.clients;
    socket?.send("x".repeat(1_001));
    expect(await connection.once("closed")).toMatchObject({ code: 1009, cause: { code: "CLOSED" } });
  });

  it("what waited while a server said goodbye in the same breath as welcome goes out on the next link", async () => {
    const told: string[] = [];
    server.removeAllListeners("connection").on("connection", (socket) => {
      const link = told.push("link");
      socket.on("message", (data) => {
        told.push(String(data));
        if (String(data) !== "hello") return;
        socket.send("welcome");
        if (link === 1) socket.close(1012);
      });
    });
    const connection = dial({
      async greet(link) {
        link.send("hello");
        await link.next((text) => text === "welcome");
      },
    });
    const dropped: unknown[] = [];
    connection.on("dropped", (event) => dropped.push(event));
    for (const text of ["a", "b", "c"]) connection.send(text);
    await connection.opened({ timeoutMs: 5_000 });
    await connection.drained({ timeoutMs: 5_000 });
    await connection.close();
    expect([told, dropped]).toEqual([["link", "hello", "link", "hello", "a", "b", "c"], []]);
  });

  it("a close() that the peer never answers ends after closeTimeoutMs, not after the 30 s of ws", async () => {
    const connection = dial({ closeTimeoutMs: 50 });
    await connection.opened();
    proxy.blackhole();
    await connection.close();
    expect(connection.state).toMatchObject({ name: "CLOSED", code: 1006 });
  });

  it.each<[object, string]>([
    [null as never, "options must be an object, but is null"],
    [{ headers: { "a b": "c" } }, 'headers["a b"] must be a header of HTTP, but is "c"'],
    [{ headers: { a: "\n" } }, 'headers["a"] must be a header of HTTP'],
    [{ headers: 5 }, "headers must be a plain object or a function that gives one, but is 5"],
    [{ headers: new Headers({ a: "b" }) }, "headers must be a plain object"],
    [{ headers: new Map([["a", "b"]]) }, "headers must be a plain object"],
    [{ headers: [["a", "b"]] }, "headers must be a plain object"],
    [{ heartbeat: null }, 'heartbeat must be an object or "off", but is null'],
    [{ heartbeat: false as never }, 'heartbeat must be an object or "off", but is false'],
    [{ agent: {} }, "agent must be an http.Agent"],
    [{ tls: 5 }, "tls must be an object, but is 5"],
    [{ tls: { ca: 5 } }, "tls must be what tls.connect takes"],
    [{ tls: { minVersion: "x" } }, "tls must be what tls.connect takes"],
    [
      { perMessageDeflate: { zlibInflateOptions: { chunkSize: 1 } } },
      "perMessageDeflate must be what zlib takes",
    ],
    [
      { perMessageDeflate: { zlibDeflateOptions: { level: 99 } } },
      "perMessageDeflate must be what zlib takes",
    ],
    [{ perMessageDeflate: "yes" }, 'perMessageDeflate must be true, false or an object, but is "yes"'],
    [{ maxPayloadBytes: -1 }, "maxPayloadBytes must be a whole number from 0, but is -1"],
    [{ unref: 1 }, "unref must be true or false, but is 1"],
  ])("%j is CONFIG at construction", (options, message) => {
    const construct = (): unknown => connect("ws://127.0.0.1:1", options);
    expect(construct).toThrow(`CONFIG: ${message}`);
    expect(construct).toThrow(HoldfastError);
  });

  it.each<[string, object, string]>([
    ["an agent without TLS for a URL with it", { agent: new Agent() }, "agent must be an https.Agent"],
    [
      "a schema that cannot be sent",
      { messages: { outgoing: z.object({ at: z.string().transform((text) => text.length) }) } },
      "messages.outgoing.at has a transform, which knows one way: use a codec",
    ],
    ["one that is none", { messages: { outgoing: 5 } }, "messages.outgoing must be a zod 4 schema, but is 5"],
  ])("so is %s", (_, options, message) => {
    expect(() => connect("wss://127.0.0.1:1", options)).toThrow(`CONFIG: ${message}`);
  });

  it("what arrives may know one way only, and agents that know both are taken at their word", async () => {
    const incoming = z.string().transform((text) => text.length);
    for (const options of [
      { messages: { incoming } },
      { agent: new HttpsAgent() },
      { agent: new (class extends Agent {})() },
    ]) {
      const connection = connect("wss://127.0.0.1:1", { ...options, start: "manual" } as object);
      await connection.close();
    }
  });

  it("so is a relative URL: a service has no page", () => {
    expect(() => connect("/ws")).toThrow("CONFIG: url must be");
  });

  it("a dead link is found while a compressed program goes on sending", async () => {
    const connection = connect(proxy.url(), {
      ...quick,
      perMessageDeflate: { threshold: 0 },
      heartbeat: { intervalMs: 100, timeoutMs: 50 },
      outbox: { whileDown: "drop" },
    });
    opened.push(connection);
    await connection.opened();
    const lost = connection.once("state", ({ name }) => name === "CONNECTING", { timeoutMs: 5_000 });
    proxy.blackhole();
    const talking = setInterval(() => connection.send("x".repeat(2_000)), 10);
    await lost;
    clearInterval(talking);
    proxy.heal();
  });

  it.each([
    [
      "after close() in a wait",
      `await connection.once("state", ({ phase }) => phase === "waiting"); await connection.close();`,
      "",
    ],
    ["after close() while dialing", `await connection.close();`, ""],
    ["by itself, with unref", "", "unref: true,"],
  ])("the process ends %s", async (_, program, options) => {
    const dead = createServer().listen(0, "127.0.0.1");
    await once(dead, "listening");
    const { port } = dead.address() as AddressInfo;
    dead.close();
    const { code, output } = await runChild(`
      import { connect } from ${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)};
      const connection = connect("ws://127.0.0.1:${port}", { log: "off", ${options} backoff: { initialMs: 3_600_000, maxMs: 3_600_000, jitter: "none" } });
      ${program}
      console.log("done");`);
    expect({ code, output }).toEqual({ code: 0, output: "done\n" });
  });
});
