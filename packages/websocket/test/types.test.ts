import { createClient } from "graphql-ws";
import { expect, expectTypeOf, test } from "vitest";
import { WebSocket as Ws } from "ws";
import { type Options, ReconnectingWebSocket, type SocketClass } from "../src/index.ts";
import { FakeSocket } from "./fake-socket.ts";

test("it stands wherever a library takes a WebSocket class or a WebSocket", () => {
  const Class: typeof WebSocket = ReconnectingWebSocket;
  const Bound: typeof WebSocket = ReconnectingWebSocket.with({ startClosed: true, WebSocket: FakeSocket });
  const socket: WebSocket = new Bound("ws://peer.test/", ["a"]);
  expect([Class.OPEN, socket.readyState]).toEqual([1, 3]);
  createClient({ url: "ws://peer.test/", webSocketImpl: Bound });
  expectTypeOf(ReconnectingWebSocket).toExtend<typeof WebSocket>();
});

test("the classes there are can be underneath", () => {
  expectTypeOf(WebSocket).toExtend<SocketClass>();
  expectTypeOf(Ws).toExtend<SocketClass>();
  expectTypeOf(ReconnectingWebSocket).toExtend<SocketClass>();
});

test("the options and providers of both peers are ours", () => {
  const options: Required<Omit<Options, "whileDown" | "clock">> = {
    WebSocket: FakeSocket,
    maxReconnectionDelay: 1,
    minReconnectionDelay: 1,
    reconnectionDelayGrowFactor: 1,
    minUptime: 1,
    connectionTimeout: 1,
    maxRetries: 1,
    maxEnqueuedMessages: 1,
    startClosed: true,
    debug: false,
    debugLogger: (...args) => void args,
    shouldReconnectOnClose: ({ code }) => code !== 4000,
  };
  for (const url of ["ws://a/", () => "ws://a/", async () => "ws://a/"]) {
    for (const protocols of [
      undefined,
      null,
      "a",
      ["a"],
      () => "a",
      () => null,
      async () => ["a"],
      async () => null,
    ]) {
      const socket = new ReconnectingWebSocket(url, protocols, options);
      socket.onerror = ({ message }) => void message;
      socket.addEventListener("close", (event) => expectTypeOf(event).toEqualTypeOf<CloseEvent>());
      socket.addEventListener("message", (event) => expectTypeOf(event).toEqualTypeOf<MessageEvent>());
      expectTypeOf(socket.send("x")).toEqualTypeOf<boolean>();
    }
  }
});
