import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { call, defineContract } from "@holdfast/core";
import { createServer } from "@holdfast/server";
import { expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import * as z from "zod";
import { createClient } from "../../src/index.ts";
import { runChild } from "../run-child.ts";

const contract = defineContract({ fromClient: { echo: call({ input: z.string(), output: z.string() }) } });

it.each([
  ["chooses no subprotocol", () => false as const],
  ["chooses another subprotocol", () => "graphql-transport-ws"],
  ["chooses ours and speaks something else", () => "holdfast.1"],
])(
  "a client at a plain server that %s ends with PROTOCOL, and does not come back",
  async (_, handleProtocols) => {
    const plain = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols });
    await once(plain, "listening");
    let dials = 0;
    plain.on("connection", (socket) => {
      dials++;
      socket.on("message", (data) => socket.send(String(data)));
    });
    const client = createClient(contract, {
      url: `ws://127.0.0.1:${(plain.address() as AddressInfo).port}`,
      backoff: { initialMs: 1 },
      log: "off",
    });
    const { cause } = await client.session.once("closed");
    expect([cause?.code, dials]).toEqual(["PROTOCOL", 1]);
    plain.close();
  },
);

it("a client at a plain server that takes any subprotocol and says nothing looks three times, and ends with PROTOCOL", async () => {
  const plain = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(plain, "listening");
  const heard: string[][] = [];
  plain.on("connection", (socket) => {
    const mine: string[] = [];
    heard.push(mine);
    socket.on("message", (data) => mine.push(String(data).slice(0, 8)));
  });
  const client = createClient(contract, {
    url: `ws://127.0.0.1:${(plain.address() as AddressInfo).port}`,
    backoff: { initialMs: 1 },
    dialTimeoutMs: 200,
    log: "off",
  });
  const { cause } = await client.session.once("closed");
  expect([cause?.code, heard]).toEqual(["PROTOCOL", [['["hello"'], ['["hello"'], ['["hello"', "ping"]]]);
  expect(cause?.message).toContain("does not speak holdfast.1");
  plain.close();
});

it("a server that sends more at a time than it was told is closed with 1009", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const closed = new Promise((resolve) => {
    server.on("connection", (socket) => {
      socket.on("message", () => socket.send("x".repeat(1_048_577)));
      socket.on("close", resolve);
    });
  });
  const client = createClient(contract, {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log: "off",
  });
  const { cause } = await client.session.once("closed");
  expect([cause?.code, await closed]).toEqual(["TOO_LARGE", 1009]);
  server.close();
});

it("a server shares an HTTP server with others: it takes its path, and leaves the rest", async () => {
  const http = createHttpServer((_, response) => response.end("hello"));
  const others = new WebSocketServer({ noServer: true });
  http.on("upgrade", (request, socket, head) => {
    if (request.url !== "/other") return;
    others.handleUpgrade(request, socket, head, (ws) => ws.send("the other one"));
  });
  await using server = createServer(contract).handle({ echo: (text) => text });
  server.attach(http, { path: "/live" });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  await using client = createClient(contract, { url: `ws://127.0.0.1:${port}/live?x=1`, log: "off" });
  expect(await client.call("echo", "hi")).toBe("hi");
  const other = new WebSocket(`ws://127.0.0.1:${port}/other`);
  const [words] = await once(other, "message");
  expect(String(words)).toBe("the other one");
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("hello");
  other.terminate();
  await client.close();
  await server.close();
  http.closeAllConnections();
  http.close();
});

it("whoever asks a server by HTTP is told what it is", async () => {
  await using server = createServer(contract).handle({ echo: (text) => text });
  const { url } = await server.listen();
  const response = await fetch(url.replace("ws:", "http:"));
  expect([response.status, await response.text()]).toEqual([426, expect.stringContaining("createClient")]);
});

it("a process ends by itself when both ends are closed: no timer, socket or listener is left", async () => {
  const at = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
  const { code, output, errors } = await runChild(`
    import { call, createServer, defineContract } from ${at("../../../server/src/index.ts")};
    import { createClient } from ${at("../../src/index.ts")};
    const contract = defineContract({ fromClient: { hello: call() } });
    const server = createServer(contract).handle({ hello: () => {} });
    const { url } = await server.listen();
    const client = createClient(contract, { url });
    await client.call("hello");
    await client.close();
    await server.close();
    console.log("closed");
  `);
  expect([code, output, errors]).toEqual([0, "closed\n", ""]);
});
