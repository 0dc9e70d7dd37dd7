import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { call, defineContract } from "@holdfast/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import * as z from "zod";
import { createServer } from "../../src/index.ts";
import { RawClient } from "./raw-client.ts";
import { createStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await createStage();
});
afterEach(async () => {
  await stage.bystanderIsFine();
  await stage[Symbol.asyncDispose]();
});

describe("before the welcome", () => {
  it.each<[string, unknown, number]>([
    ["data", ["data", 1, [["event", "say"]]], 4000],
    ["an ack", ["ack", 0], 4000],
    ["a hello without what it needs", ["hello", {}], 4000],
    [
      "a hello of another version",
      ["hello", { version: 2, attempt: 1, window: 1, maxMessageBytes: 1 }],
      4006,
    ],
    [
      "a hello that is too large",
      ["hello", { version: 1, attempt: 1, window: 1, maxMessageBytes: 1, x: "x".repeat(20_000) }],
      4013,
    ],
    [
      "a hello whose attempt is no number",
      ["hello", { version: 1, attempt: "1", window: 1, maxMessageBytes: 1 }],
      4000,
    ],
    [
      "a session without a token",
      ["hello", { version: 1, attempt: 1, window: 1, maxMessageBytes: 1, session: { id: "x" } }],
      4000,
    ],
  ])("%s is closed", async (_, frame, code) => {
    const client = await RawClient.open(stage.url);
    client.say(frame);
    expect(await client.closed).toBe(code);
  });

  it("half a hello and then silence ends with 4210, and holds nothing", async () => {
    await using slow = await createStage({ handshakeMs: 200 });
    const client = await RawClient.open(slow.url);
    // The first fragment of a message that never ends.
    client.socket.send('["hello",{"version":1,', { fin: false });
    expect(await client.closed).toBe(4210);
  });

  it("a socket that never finishes its upgrade harms nobody", async () => {
    const { port, hostname } = new URL(stage.url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    socket.write("GET / HTTP/1.1\r\nUpgrade: websocket\r\n");
    await stage.bystanderIsFine();
    socket.destroy();
  });

  it("a thousand hellos on one link are one too many", async () => {
    const client = await RawClient.open(stage.url);
    for (let i = 1; i <= 1_000; i++) client.hello({ attempt: i });
    expect(await client.closed).toBe(4000);
  });

  it("a thousand links that say hello and go leave nothing", async () => {
    for (let i = 0; i < 20; i++) {
      await Promise.all(
        Array.from({ length: 50 }, async () => {
          const client = await RawClient.open(stage.url);
          client.hello();
          client.socket.terminate();
          await client.closed;
        }),
      );
    }
    await stage.bystanderIsFine();
    // Only those whose hello was heard after they went are still looking for their client.
    const attached = [...stage.server.sessions].filter(({ phase }) => phase === "attached");
    expect(attached.length).toBeLessThanOrEqual(50);
  });
});

describe("an upgrade", () => {
  async function refused(
    protocols: string[],
    headers: Record<string, string> = {},
  ): Promise<[number, string]> {
    const socket = new WebSocket(stage.url, protocols, { headers });
    socket.on("error", () => {});
    const [, response] = await once(socket, "unexpected-response");
    let body = "";
    for await (const chunk of response) body += String(chunk);
    return [response.statusCode, body];
  }

  it("of a plain WebSocket is refused with 426 and words", async () => {
    expect(await refused([])).toEqual([426, expect.stringContaining("createClient")]);
    expect(await refused(["graphql-transport-ws"])).toEqual([426, expect.stringContaining("holdfast.1")]);
  });

  it("of a page from elsewhere is refused with 403", async () => {
    expect(await refused(["holdfast.1"], { origin: "https://elsewhere.test" })).toEqual([
      403,
      expect.any(String),
    ]);
  });

  it("of a page of this host is welcome", async () => {
    const socket = new WebSocket(stage.url, "holdfast.1", { origin: `http://${new URL(stage.url).host}` });
    await once(socket, "open");
    socket.close();
    await once(socket, "close");
  });

  it("of a version that is unknown, followed by a frame that is none, breaks nothing", async () => {
    const client = await RawClient.open(stage.url, ["holdfast.9"]);
    (client.socket as unknown as { _socket: Socket })._socket.write(Buffer.from("ff8000000000", "hex"));
    await client.closed;
  });

  it("of a version that is unknown is accepted, to be told 4006", async () => {
    const client = await RawClient.open(stage.url, ["holdfast.9"]);
    expect([client.socket.protocol, await client.closed]).toEqual(["holdfast.9", 4006]);
  });
});

describe("closing", () => {
  it("waits for nobody who says nothing, keeps its half open, or says nonsense at the end", async () => {
    const server = createServer(defineContract({}), { log: "off" }).handle({});
    const { url, port } = await server.listen();
    const silent = connect(port, "127.0.0.1");
    await once(silent, "connect");
    const refused = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    refused.write("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    await once(refused, "data");
    const [client] = await RawClient.welcomed(url);
    const raw = (client.socket as unknown as { _socket: Socket })._socket;
    client.socket.on("close", () => {});
    const closed = server.close();
    raw.write(Buffer.from("ff8000000000", "hex"));
    await closed;
    silent.destroy();
    refused.destroy();
    client.socket.terminate();
  });

  it("waits for nobody who keeps its half open and reads nothing of what it has asked for", async () => {
    const http = createHttpServer().listen(0, "127.0.0.1");
    await once(http, "listening");
    let answered = (): void => {};
    const contract = defineContract({
      fromClient: { echo: call({ input: z.string(), output: z.string() }) },
    });
    const server = createServer(contract, { log: "off" }).handle({
      echo(words) {
        setImmediate(() => answered());
        return words;
      },
    });
    server.attach(http);
    const upgraded = once(http, "upgrade");
    const [client] = await RawClient.welcomed(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`, {
      window: 2 ** 40,
    });
    const [, socket] = (await upgraded) as [unknown, Socket];
    client.socket.pause();
    // More than the system keeps for both ends.
    for (let n = 1; socket.writableLength < 200_000; n++) {
      const turn = new Promise<void>((resolve) => (answered = resolve));
      client.say(["data", n, [["call", n, "echo", "x".repeat(100_000)]]]);
      await turn;
      client.say(["ack", n]);
    }
    (client.socket as unknown as { _socket: Socket })._socket.end();
    await once(socket, "end");
    await server.close();
    client.socket.terminate();
    http.close();
  });
});
