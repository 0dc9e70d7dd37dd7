import { EventEmitter, once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type Server as HttpServer } from "node:http";
import { createSecureServer, createServer as createHttp2Server } from "node:http2";
import { connect as connectTcp, type AddressInfo } from "node:net";
import { defineContract, event, type LogEntry } from "@holdfast/core";
import { expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { createClient } from "../../../node/src/index.ts";
import { selfSigned } from "../../../node/test/self-signed.ts";
import { createServer, type NodeServer, type ServerOptions } from "../../src/index.ts";

const contract = defineContract({ fromClient: { say: event() } });

function create(options: ServerOptions<{ id: "anonymous" }, IncomingMessage> = {}): NodeServer {
  return createServer(contract, { log: "off", ...options }).handle({ say: () => {} });
}

/** What an upgrade is answered. */
async function statusOf(
  url: string,
  headers: Record<string, string> = {},
  protocols: string[] = ["holdfast.1"],
): Promise<number | undefined> {
  const socket = new WebSocket(url, protocols, { headers });
  socket.on("error", () => {});
  const [, response] = await once(socket, "unexpected-response");
  socket.terminate();
  return (response as IncomingMessage).statusCode;
}

async function listening(http: HttpServer): Promise<string> {
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  return `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

it("one at another path than listen was given is answered 404, and holds nobody up", async () => {
  const server = create();
  const { port } = await server.listen({ path: "/live" });
  const refused: unknown[] = [];
  server.on("refused", (refusal) => refused.push(refusal));
  expect(await statusOf(`ws://127.0.0.1:${port}/wrong`)).toBe(404);
  expect(refused).toEqual([{ code: 404, reason: "Nobody takes upgrades here, but at /live." }]);
  // One who does not even hear the answer: the socket is gone with the server.
  const mute = connectTcp(port, "127.0.0.1");
  mute.on("error", () => {});
  await once(mute, "connect");
  mute.pause();
  mute.write("GET /wrong HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n");
  expect(await statusOf(`ws://127.0.0.1:${port}/wrong`)).toBe(404);
  await server.close();
  mute.destroy();
});

it("of several servers at one HTTP server, each has its path, and what is nobody's is answered 404 once", async () => {
  const http = createHttpServer();
  await using one = create();
  await using two = create();
  one.attach(http, { path: "/one" });
  two.attach(http, { path: "/two" });
  const url = await listening(http);
  expect(await statusOf(`${url}/three`)).toBe(404);
  const socket = new WebSocket(`${url}/two`, ["holdfast.1"]);
  await once(socket, "open");
  socket.terminate();
  http.close();
});

it("at a server where somebody else takes upgrades too, what is not ours is left to them", async () => {
  const http = createHttpServer();
  http.on("upgrade", (request, socket) => {
    if (request.url === "/other") socket.end("HTTP/1.1 418 I'm a teapot\r\n\r\n");
  });
  await using server = create();
  server.attach(http, { path: "/live" });
  const url = await listening(http);
  expect(await statusOf(`${url}/other`)).toBe(418);
  http.close();
});

it("that is refused over HTTP is told to the server, with whose page it was", async () => {
  const told: unknown[] = [];
  const logged: unknown[] = [];
  await using server = create({
    allowedOrigins: ["https://app.example"],
    log: { write: ({ message, details }) => logged.push([message, details]) },
  });
  server.on("refused", (refusal) => told.push(refusal));
  const { url } = await server.listen();
  expect(await statusOf(url, { origin: "https://evil.example" })).toBe(403);
  const reason = "Pages of this origin may not connect: see allowedOrigins.";
  expect(told).toEqual([{ code: 403, reason }]);
  expect(logged).toEqual([
    ["upgrade refused", { status: 403, reason, origin: "https://evil.example", path: "/" }],
  ]);
});

it("of a browser that was refused and offers no subprotocol the second time is refused as before", async () => {
  const told: unknown[] = [];
  const server = create();
  server.on("refused", ({ code }) => told.push(code));
  const { url } = await server.listen();
  expect(await statusOf(url, { origin: "https://evil.example" }, [])).toBe(403);
  await using client = createClient(contract, { url, log: "off" });
  await client.opened();
  const drained = server.drain();
  expect(await statusOf(url, {}, [])).toBe(503);
  await client.close();
  await drained;
  await server.close();
  expect(told).toEqual([403, 503]);
});

it.each([
  "https://app.example/",
  "app.example",
  "*",
  "https://App.example",
  "",
  "https://*.app.example",
  "https://app.example:443",
  "https://user@app.example",
  "https://bücher.example",
])("allowedOrigins with an entry that no page can have (%j) is CONFIG", (origin) => {
  expect(() => create({ allowedOrigins: ["https://fine.example", origin] })).toThrow(
    `CONFIG: allowedOrigins[1] must be an origin, as https://app.example, but is "${origin}"`,
  );
});

it.each(["https://app.example:8443", "http://[::1]:3000", "capacitor://localhost", "file://", "null"])(
  "but what a page can have (%j) is fine",
  (origin) => {
    expect(() => create({ allowedOrigins: [origin] })).not.toThrow();
  },
);

it.each(["live", "", "/live?x=1"])("a path that nothing can have (%j) is CONFIG", async (path) => {
  const server = create();
  const words = `CONFIG: path must be one that begins with /, without a query, but is "${path}"`;
  expect(() => server.attach(createHttpServer(), { path })).toThrow(words);
  await expect(server.listen({ path })).rejects.toThrow(words);
  await server.close();
});

it("a port that somebody has is CONFIG, and the server can listen to another one", async () => {
  await using server = create();
  const { port } = await server.listen();
  const error = await server.listen({ port }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: "CONFIG",
    message: `CONFIG: cannot listen to port ${port} of 127.0.0.1: listen EADDRINUSE: address already in use 127.0.0.1:${port}`,
    cause: { code: "EADDRINUSE" },
  });
  expect((await server.listen()).port).not.toBe(port);
});

it("a host that is not here is CONFIG, with why", async () => {
  await using server = create();
  // Nobody has it: RFC 5737.
  await expect(server.listen({ host: "192.0.2.1" })).rejects.toMatchObject({
    code: "CONFIG",
    message: expect.stringMatching(
      /^CONFIG: cannot listen to port 0 of 192\.0\.2\.1: listen EADDRNOTAVAIL: ./,
    ),
    cause: { code: "EADDRNOTAVAIL" },
  });
});

it("a server that is closed while it begins to listen does not", async () => {
  const server = create();
  const listening = server.listen();
  const closed = server.close();
  await expect(listening).rejects.toMatchObject({ code: "CLOSED" });
  await closed;
});

it("of two servers at one HTTP server, one has its path and the other the rest; nobody has another one's path", async () => {
  const http = createHttpServer();
  await using rest = create();
  await using own = create();
  rest.attach(http);
  own.attach(http, { path: "/own" });
  const url = await listening(http);
  const dial = async (path: string): Promise<number[]> => {
    const socket = new WebSocket(`${url}${path}`, ["holdfast.1"]);
    await once(socket, "open");
    socket.send(JSON.stringify(["hello", { version: 1, attempt: 1, window: 1_000, maxMessageBytes: 2_000 }]));
    await once(socket, "message");
    socket.terminate();
    return [rest, own].map(({ sessions }) => [...sessions].length);
  };
  expect([await dial("/own"), await dial("/other")]).toEqual([
    [0, 1],
    [1, 1],
  ]);
  await using third = create();
  expect(() => third.attach(http, { path: "/own" })).toThrow(
    'CONFIG: path must be one that no other Holdfast server has there, but is "/own"',
  );
  http.close();
});

it("a server that was closed takes nothing any more", async () => {
  const server = create();
  await server.close();
  await expect(server.listen()).rejects.toMatchObject({ code: "CLOSED" });
  expect(() => server.attach(createHttpServer())).toThrow("CLOSED: the server was closed");
  await server.close();
});

it("an HTTP/2 server that speaks HTTP/1.1 too gives its upgrades, as Vite's with TLS does", async () => {
  const { key, cert } = selfSigned();
  const http = createSecureServer({ key, cert, allowHTTP1: true });
  await using server = create();
  server.attach(http, { path: "/live" });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  const socket = new WebSocket(`wss://127.0.0.1:${port}/live`, ["holdfast.1"], { ca: cert });
  await once(socket, "open");
  socket.send(JSON.stringify(["hello", { version: 1, attempt: 1, window: 1_000, maxMessageBytes: 2_000 }]));
  const [welcome] = await once(socket, "message");
  expect([JSON.parse(String(welcome))[0], [...server.sessions].length]).toEqual(["welcome", 1]);
  socket.terminate();
  http.close();
});

it.each([
  ["an app of a framework", Object.assign(() => {}, EventEmitter.prototype)],
  ["what is not there yet", undefined],
  ["a port", 8080],
  ["a port in a server's place", { port: 8080 }],
])("%s is no server to attach to: CONFIG, with what is wanted", async (_, app) => {
  await using server = create();
  expect(() => server.attach(app as never)).toThrow(
    "CONFIG: server must be the http.Server that listens, and not the framework's app, but is ",
  );
});

it.each([
  ["in the clear", createHttp2Server()],
  ["with TLS", createSecureServer(selfSigned())],
])("a server of HTTP/2 alone, %s, has no upgrades to give: CONFIG, with what helps", async (_, http) => {
  await using server = create();
  expect(() => server.attach(http as never)).toThrow(
    "CONFIG: server must be one that speaks HTTP/1.1 (with HTTP/2: createSecureServer and allowHTTP1), but is of HTTP/2 alone",
  );
});

it.each(["before", "behind"])(
  "of a ws server %s us that refuses every path but its own, and so ours, the log tells",
  async (place) => {
    const entries: LogEntry[] = [];
    const http = createHttpServer();
    await using server = create({ log: { write: (entry) => void entries.push(entry) } });
    const other = (): WebSocketServer => new WebSocketServer({ server: http, path: "/theirs" });
    if (place === "before") other();
    server.attach(http, { path: "/ours" });
    if (place === "behind") other();
    const url = await listening(http);
    const socket = new WebSocket(`${url}/ours`, ["holdfast.1"]);
    socket.on("error", () => {});
    await new Promise((resolve) => socket.on("close", resolve));
    expect(entries).toMatchObject([
      {
        level: "error",
        message: "another upgrade listener of this HTTP server answered what is ours: see attach",
        details: { path: "/ours" },
      },
    ]);
    const fine = new WebSocket(`${url}/theirs`);
    await once(fine, "open");
    fine.terminate();
    http.closeAllConnections();
    http.close();
  },
);
