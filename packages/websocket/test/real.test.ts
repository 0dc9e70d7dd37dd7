import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { WebSocket as Ws } from "ws";
import { createFaultProxy } from "@holdfast/testing/node";
import { type Options, ReconnectingWebSocket } from "../src/index.ts";
import { next, Peer } from "./peer.ts";
import { failures, record } from "./play.ts";

const quick = { minReconnectionDelay: 5, maxReconnectionDelay: 10 };
const runtimes: [name: string, options: Options][] = [
  ["the runtime's own WebSocket", quick],
  ["ws", { ...quick, WebSocket: Ws }],
];

describe.each(runtimes)("over %s", (_, options) => {
  test("echoes text and bytes, and reconnects after a cut", async () => {
    await using peer = await Peer.start();
    await using proxy = await createFaultProxy({ to: peer.url });
    const socket = new ReconnectingWebSocket(proxy.url(), "chat", options);
    const told = record(socket);
    socket.binaryType = "arraybuffer";
    for (let i = 0; i < 3; i++) {
      socket.send(new Uint8Array([i, 2, 3]));
      const [, request] = await peer.accept();
      expect(request.headers["sec-websocket-protocol"]).toBe("chat");
      const { data } = await next(socket, "message");
      expect(new Uint8Array(data)).toEqual(new Uint8Array([i, 2, 3]));
      expect([socket.readyState, socket.protocol]).toEqual([1, "chat"]);
      const closed = next(socket, "close");
      proxy.cut();
      await closed;
    }
    await next(socket, "open");
    const closed = next(socket, "close");
    socket.close();
    await closed;
    expect(told.filter((line) => line.startsWith("close"))).toEqual([
      ...Array<string>(3).fill("close 1006 unclean 3"),
      "close 1005 clean 3",
    ]);
  });

  test("partykit/partykit#537: code, reason and wasClean are the peer's, for handlers and listeners", async () => {
    await using peer = await Peer.start();
    const socket = new ReconnectingWebSocket(peer.url, [], options);
    const seen: unknown[] = [];
    socket.onclose = ({ code, reason, wasClean }) => seen.push([code, reason, wasClean]);
    socket.addEventListener("close", ({ code, reason, wasClean }) => seen.push([code, reason, wasClean]));
    const [server] = await peer.accept();
    const closed = next(socket, "close");
    server.close(4321, "bye");
    await closed;
    const facts = [4321, "bye", true];
    expect(seen).toEqual([facts, facts]);
    socket.close();
  });

  test("close() without a code sends none, and reconnect(code, reason) sends what it is given", async () => {
    await using peer = await Peer.start();
    const socket = new ReconnectingWebSocket(peer.url, [], options);
    const told = record(socket);
    await next(socket, "open");
    const [first] = await peer.accept();
    const firstClosed = once(first, "close");
    const open = next(socket, "open");
    socket.reconnect(4000, "new token");
    expect(String(await firstClosed)).toBe("4000,new token");
    const [second] = await peer.accept();
    await open;
    const secondClosed = once(second, "close");
    const closed = next(socket, "close");
    socket.close();
    expect(socket.readyState).toBe(2);
    expect(await closed).toMatchObject({ code: 1005, reason: "", wasClean: true });
    expect(String(await secondClosed)).toBe("1005,");
    expect(told).toEqual(["open 1", "close 4000 new token clean 3", "open 1", "close 1005 clean 3"]);
  });

  test("a refused connection is never a close event with code 1000 and wasClean true, here either", async () => {
    const peer = await Peer.start();
    const { url } = peer;
    await peer[Symbol.asyncDispose]();
    const socket = new ReconnectingWebSocket(url, [], { ...options, maxRetries: 2 });
    const told = record(socket);
    while (socket.shouldReconnect) await next(socket, "close");
    expect(told).toEqual(failures(3));
  });

  test("pladaria/reconnecting-websocket#183: a connect timeout is an event and no uncaught exception", async () => {
    const silent = createServer((socket) => socket.on("error", () => {}).resume()).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const url = `ws://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    const socket = new ReconnectingWebSocket(url, [], { ...options, connectionTimeout: 20, maxRetries: 1 });
    const messages: unknown[] = [];
    socket.addEventListener("error", ({ message }) => messages.push(message));
    while (socket.shouldReconnect) await next(socket, "close");
    expect(messages).toEqual(["TIMEOUT", "TIMEOUT"]);
    silent.close();
    await once(silent, "close");
  });

  test("pladaria/reconnecting-websocket#170: however often it reconnects, one socket is open", async () => {
    await using peer = await Peer.start();
    const socket = new ReconnectingWebSocket(peer.url, [], options);
    for (let i = 0; i < 20; i++) socket.reconnect();
    await next(socket, "open");
    for (let i = 0; i < 5; i++) {
      const open = next(socket, "open");
      socket.reconnect();
      await open;
    }
    await peer.untilOpen(1);
    const echo = next(socket, "message");
    socket.send("still here");
    expect((await echo).data).toBe("still here");
    socket.close();
    await peer.untilOpen(0);
  });
});
