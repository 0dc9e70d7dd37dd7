import { afterAll, beforeAll } from "vitest";
import { transportContract } from "../src/contracts.ts";
import { type EchoServer, echoServer, refusedUrl } from "./echo-server.ts";
import { wsTransport } from "./ws-transport.ts";

let server: EchoServer;
let nobody: string;

beforeAll(async () => {
  server = await echoServer();
  nobody = await refusedUrl();
});
afterAll(() => server[Symbol.asyncDispose]());

transportContract("a transport over ws", {
  transport: () => wsTransport,
  echoUrl: () => server.url,
  refusedUrl: () => nobody,
});
