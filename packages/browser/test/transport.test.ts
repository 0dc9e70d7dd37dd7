import { transportContract } from "@holdfast/testing/contracts";
import { afterAll, beforeAll } from "vitest";
import { WebSocket as WsSocket } from "ws";
import { askingTwice } from "../src/asking-twice.ts";
import { browserTransport, type SocketClass } from "../src/transport.ts";
import { EchoServer } from "./echo-server.ts";

let server: EchoServer;
let refusedUrl: string;

beforeAll(async () => {
  server = await EchoServer.start();
  const closed = await EchoServer.start();
  refusedUrl = closed.url;
  await closed[Symbol.asyncDispose]();
});
afterAll(() => server[Symbol.asyncDispose]());

transportContract("Node's own WebSocket", {
  transport: () => browserTransport(),
  echoUrl: () => server.url,
  refusedUrl: () => refusedUrl,
});

transportContract("a class that was passed", {
  transport: () => browserTransport({ WebSocket: WsSocket as unknown as SocketClass }),
  echoUrl: () => server.url,
  refusedUrl: () => refusedUrl,
});

transportContract("Node's own WebSocket, asked twice", {
  transport: () => askingTwice(browserTransport()),
  echoUrl: () => server.url,
  refusedUrl: () => refusedUrl,
});
