import { once } from "node:events";
import { Agent } from "node:http";
import { expect, test } from "vitest";
import { call, type Client, createClient, defineContract } from "../src/index.ts";
import { nodeTransport } from "../src/transport.ts";
import { EchoServer } from "./echo-server.ts";
import { Recorder } from "./recorder.ts";
import { selfSigned } from "./self-signed.ts";

test("headers go with the upgrade", async () => {
  await using server = await EchoServer.start();
  const upgrade = once(server.sockets, "connection");
  const link = nodeTransport().dial(
    { url: server.url, protocols: [], headers: { authorization: "Bearer token" } },
    new Recorder(),
  );
  const [, request] = await upgrade;
  expect(request.headers.authorization).toBe("Bearer token");
  link.terminate();
});

test("what no request can be made of makes dial throw", () => {
  const { dial } = nodeTransport();
  expect(() => dial({ url: "ftp://127.0.0.1/", protocols: [] }, new Recorder())).toThrow(SyntaxError);
  expect(() => dial({ url: "ws://127.0.0.1/", protocols: ["a b"] }, new Recorder())).toThrow(SyntaxError);
  const headers = { name: "line\nbreak" };
  expect(() => dial({ url: "ws://127.0.0.1/", protocols: [], headers }, new Recorder())).toThrow(
    'CONFIG: headers["name"]',
  );
});

test("headers of which no entry would be sent make dial throw, too: a provider may give anything", () => {
  const { dial } = nodeTransport();
  for (const headers of [new Headers({ a: "b" }), new Map([["a", "b"]]), [["a", "b"]], "a: b", 5, null]) {
    const request = { url: "ws://127.0.0.1/", protocols: [], headers: headers as never };
    expect(() => dial(request, new Recorder())).toThrow("CONFIG: headers must be a plain object");
  }
});

test("tls decides whom to trust", async () => {
  const tls = selfSigned();
  await using server = await EchoServer.start({ tls });

  for (const trusting of [{ ca: tls.cert }, { rejectUnauthorized: false }]) {
    const recorder = new Recorder();
    const link = nodeTransport({ tls: trusting }).dial({ url: server.url, protocols: [] }, recorder);
    await recorder.until("opened");
    link.send("secret");
    expect(await recorder.until("message")).toEqual({ type: "message", data: "secret" });
    link.terminate();
  }

  const recorder = new Recorder();
  nodeTransport().dial({ url: server.url, protocols: [] }, recorder);
  const { close } = await recorder.until("closed");
  expect(close).toMatchObject({
    code: 1006,
    wasClean: false,
    error: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
  });
  expect(recorder.told).toHaveLength(1);
});

test("a checkServerIdentity that throws refuses the server, and the process lives", async () => {
  const tls = selfSigned();
  await using server = await EchoServer.start({ tls });
  const recorder = new Recorder();
  const checkServerIdentity = (): never => {
    throw new Error("not this one");
  };
  nodeTransport({ tls: { ca: tls.cert, checkServerIdentity } }).dial(
    { url: server.url, protocols: [] },
    recorder,
  );
  const { close } = await recorder.until("closed");
  expect(close).toMatchObject({ code: 1006, error: { message: "not this one" } });
});

test("tls presents a certificate of its own", async () => {
  const server = selfSigned();
  const client = selfSigned();
  await using echo = await EchoServer.start({ tls: { ...server, ca: client.cert, requestCert: true } });
  const recorder = new Recorder();
  const link = nodeTransport({ tls: { ca: server.cert, ...client } }).dial(
    { url: echo.url, protocols: [] },
    recorder,
  );
  await recorder.until("opened");
  link.terminate();

  const stranger = new Recorder();
  nodeTransport({ tls: { ca: server.cert } }).dial({ url: echo.url, protocols: [] }, stranger);
  expect((await stranger.until("closed")).close).toMatchObject({ code: 1006, wasClean: false });
});

test("messages are compressed only where both ends want it", async () => {
  await using server = await EchoServer.start({ perMessageDeflate: true });
  const dialed = async (perMessageDeflate: boolean): Promise<string> => {
    const arrival = server.arrival();
    const link = nodeTransport({ perMessageDeflate }).dial(
      { url: server.url, protocols: [] },
      new Recorder(),
    );
    const { extensions } = await arrival;
    link.terminate();
    return extensions;
  };
  expect(await dialed(true)).toContain("permessage-deflate");
  expect(await dialed(false)).toBe("");
});

test("bytes may be reused after send, compressed or not", async () => {
  await using server = await EchoServer.start({ perMessageDeflate: true });
  for (const perMessageDeflate of [true, false]) {
    const recorder = new Recorder();
    const link = nodeTransport({ perMessageDeflate }).dial({ url: server.url, protocols: [] }, recorder);
    await recorder.until("opened");
    const bytes = new Uint8Array(100_000).fill(1);
    link.send(bytes);
    bytes.fill(2);
    link.send(bytes);
    bytes.fill(3);
    await recorder.until("message", 2);
    expect(recorder.all("message").map(({ data }) => data[50_000])).toEqual([1, 2]);
    link.terminate();
  }
});

test("a message over maxPayloadBytes ends the link with 1009, compressed or not", async () => {
  await using server = await EchoServer.start({ perMessageDeflate: true });
  for (const perMessageDeflate of [true, false]) {
    const arrival = server.arrival();
    const recorder = new Recorder();
    nodeTransport({ maxPayloadBytes: 1_000, perMessageDeflate }).dial(
      { url: server.url, protocols: [] },
      recorder,
    );
    const peer = await arrival;
    const goodbye = once(peer, "close");
    peer.send("x".repeat(1_000));
    peer.send("x".repeat(1_001));
    const { close } = await recorder.until("closed");
    expect(close).toMatchObject({ code: 1009, wasClean: false, error: expect.any(RangeError) });
    expect(recorder.all("message")).toHaveLength(1);
    expect((await goodbye)[0]).toBe(1009);
  }
});

test("an agent dials, and keeps no socket afterwards", async () => {
  await using server = await EchoServer.start();
  for (const agent of [new Agent(), new Agent({ keepAlive: true })]) {
    const recorder = new Recorder();
    const link = nodeTransport({ agent }).dial({ url: server.url, protocols: [] }, recorder);
    expect(Object.values(agent.sockets)).toHaveLength(1);
    await recorder.until("opened");
    const gone = server.sockets.clients.values().next().value;
    link.close(1000, "");
    await recorder.until("closed");
    expect([gone?.readyState, agent.sockets, agent.freeSockets, agent.requests]).toEqual([3, {}, {}, {}]);
  }
});

test("a client reads no less than it tells its server that it takes", () => {
  const contract = defineContract({});
  const create = (maxPayloadBytes: number): Client =>
    createClient(contract, { url: "ws://127.0.0.1:1", start: "manual", maxPayloadBytes });
  expect(() => create(65_536)).toThrow("CONFIG: maxPayloadBytes must be 0 or at least 1048576, but is 65536");
  for (const size of [0, 1_048_576, 2_000_000]) void create(size).close();
});

test("handlers of a client that are none are CONFIG", () => {
  const handlers = null as never;
  expect(() => createClient(defineContract({}), { url: "ws://127.0.0.1:1", handlers })).toThrow(
    "CONFIG: handlers must be an object, but is null",
  );
});

test("an option of the contract's that nobody reads is CONFIG, also where no compiler says so", () => {
  const mistyped: object = { idempotant: true };
  const contract = defineContract({ fromClient: { pay: call(mistyped) } });
  expect(() => createClient(contract, { url: "ws://127.0.0.1:1", start: "manual" })).toThrow(
    "CONFIG: fromClient.pay.idempotant must be absent, for call() takes input, output, errors, idempotent, but is true",
  );
});
