import { transportContract } from "@holdfast/testing/contracts";
import { afterAll, beforeAll } from "vitest";
import { nodeTransport } from "../src/transport.ts";
import { EchoServer } from "./echo-server.ts";
import { selfSigned } from "./self-signed.ts";

const tls = selfSigned();
let plain: EchoServer;
let secure: EchoServer;
let refusedUrl: string;

beforeAll(async () => {
  plain = await EchoServer.start({ perMessageDeflate: true });
  secure = await EchoServer.start({ tls });
  const closed = await EchoServer.start();
  refusedUrl = closed.url;
  await closed[Symbol.asyncDispose]();
});
afterAll(async () => {
  await plain[Symbol.asyncDispose]();
  await secure[Symbol.asyncDispose]();
});

transportContract("ws", {
  transport: () => nodeTransport(),
  echoUrl: () => plain.url,
  refusedUrl: () => refusedUrl,
});

transportContract("ws with compression", {
  transport: () => nodeTransport({ perMessageDeflate: { threshold: 0 } }),
  echoUrl: () => plain.url,
  refusedUrl: () => refusedUrl,
});

transportContract("ws over TLS, unreferenced", {
  transport: () => nodeTransport({ tls: { ca: tls.cert }, unref: true }),
  echoUrl: () => secure.url,
  refusedUrl: () => refusedUrl.replace("ws:", "wss:"),
});
