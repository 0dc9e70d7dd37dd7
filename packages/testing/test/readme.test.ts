// Examples of README.md.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createConnection, defineContract, event } from "@holdfast/core";
import { checkContract, scriptedTransport, testPair, virtualClock } from "@holdfast/testing";
import { createFaultTunnel, createFrameProxy } from "@holdfast/testing/node";
import { expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import * as z from "zod";
import { echoServer } from "./echo-server.ts";

it("plays an app, both ends of it, in virtual time", async () => {
  const chat = defineContract({
    fromClient: { say: event(z.string()) },
    fromServer: { said: event(z.string()) },
  });
  const { client, server, network, clock } = testPair(chat, {
    handlers: { say: (text, { server: all }) => all.emit("said", text) },
    identity: { id: "ada" },
  });
  const heard: string[] = [];
  client.on("said", (text) => heard.push(text));

  void client.emit("say", "before");
  await clock.advanceAsync(50);
  network.cut();
  void client.emit("say", "while the link was down");
  await clock.advanceAsync(1_000);

  expect(heard).toEqual(["before", "while the link was down"]);
  expect([...server.sessions]).toHaveLength(1);
});

it("plays two people, and a session that is lost", async () => {
  const chat = defineContract({ fromClient: { say: event(z.string()) } });
  const said: string[] = [];
  const { client, network, clock, connect } = testPair(chat, {
    handlers: { say: (text, { identity }) => void said.push(`${identity.id}: ${text}`) },
    server: { authenticate: ({ credential }) => ({ identity: { id: String(credential) } }) },
    client: { credential: "ada" },
  });
  const bob = connect({ credential: "bob" });
  void client.emit("say", "hello");
  void bob.emit("say", "hi");
  await clock.advanceAsync(50);
  expect(said).toEqual(["ada: hello", "bob: hi"]);

  const told: string[] = [];
  client.session.on("lost", ({ reason }) => told.push(reason));
  client.session.on("opened", () => told.push("opened"));
  network.refuse();
  network.cut();
  await clock.advanceAsync(120_000);
  network.heal();
  await clock.advanceAsync(60_000);
  expect(told).toEqual(["expired", "opened"]);
});

it("has credentials that expire, in the time that the pair lives in", async () => {
  const chat = defineContract({ fromClient: { say: event(z.string()) } });
  const handlers = { say: () => {} };
  const clock = virtualClock();
  let tokens = 0;
  const { client, server, network } = testPair(chat, {
    clock,
    handlers,
    server: {
      authenticate: ({ credential }) => ({
        identity: { id: "ada", token: credential },
        expiresAt: clock.epochMs() + 10 * 60_000,
      }),
    },
    client: { credential: () => `token ${++tokens}` },
  });
  await clock.advanceAsync(9 * 60_000 + 50);

  const [session] = server.sessions;
  expect(session?.identity.token).toBe("token 2");
  await clock.advanceAsync(60 * 60_000);
  expect([client.state.name, network.totalLinks]).toEqual(["OPEN", 1]);
});

it("dials again after a loss, and sends what waited", async () => {
  const clock = virtualClock();
  const transport = scriptedTransport({ clock });
  const surroundings = { watch: () => () => {} };
  const adapter = { transport, clock, surroundings, hasPing: true, base: () => undefined };
  const connection = createConnection(adapter, "ws://peer.test/", {
    backoff: { initialMs: 1_000, jitter: "none" },
    log: "off",
  });
  await clock.settle();
  transport.last.open();
  transport.last.cut();
  connection.send("while down");

  await clock.advanceAsync(999);
  expect(transport.links).toHaveLength(1);
  await clock.advanceAsync(1);
  expect(transport.links).toHaveLength(2);
  transport.last.open();
  expect(transport.last.sent).toEqual(["while down"]);

  const closed = connection.close();
  transport.last.answerClose();
  await closed;
  expect(transport.open).toBe(0);
  expect(clock.pending).toBe(0);
});

it("takes the upgrades of another server through a tunnel", async () => {
  await using echo = await echoServer();
  await using tunnel = createFaultTunnel({ to: echo.url });
  await using front = createServer().listen(0, "127.0.0.1");
  front.on("upgrade", ({ socket, url, rawHeaders }, _, rest) => {
    const lines = [`GET ${url} HTTP/1.1`];
    for (let n = 0; n < rawHeaders.length; n += 2) lines.push(`${rawHeaders[n]}: ${rawHeaders[n + 1]}`);
    const head = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
    tunnel.carry(socket, Buffer.concat([head, rest]));
  });
  await once(front, "listening");

  const socket = new WebSocket(`ws://127.0.0.1:${(front.address() as AddressInfo).port}/`);
  await once(socket, "open");
  socket.send("hello");
  expect(String((await once(socket, "message"))[0])).toBe("hello");
  expect(tunnel.links).toBe(1);
  const ended = once(socket, "close");
  socket.on("error", () => {});
  tunnel.cut();
  expect((await ended)[0]).toBe(1006);
});

it("loses messages that no network would lose", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  server.on("connection", (peer) => peer.on("message", (data) => peer.send(`heard ${String(data)}`)));

  await using proxy = await createFrameProxy({
    to: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    seed: 7,
    touches: (text) => text !== "last",
  });
  proxy.drop(0.5, "up");
  const socket = new WebSocket(proxy.url());
  socket.on("open", () => ["a", "b", "c", "d", "last"].forEach((text) => socket.send(text)));

  const heard: string[] = [];
  await new Promise<void>((resolve) => {
    socket.on("message", (data) => {
      heard.push(String(data));
      if (heard.at(-1) === "heard last") resolve();
    });
  });
  expect(heard).toHaveLength(5 - proxy.dropped.up);
  expect(proxy.dropped.up).toBeGreaterThan(0);
  server.close();
});

it("finds what JSON changes", () => {
  const contract = defineContract({
    fromClient: { publish: event(z.object({ items: z.array(z.object({ at: z.date() })) })) },
  });
  expect(checkContract(contract)).toEqual([
    {
      entry: "fromClient.publish.payload",
      path: "items[].at",
      problem: "a Date becomes a string",
      remedy: "use z.codec(z.iso.datetime(), z.date(), ...)",
    },
  ]);
});
