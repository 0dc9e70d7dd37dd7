import { once } from "node:events";
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createFaultTunnel, type FaultTunnel } from "../src/node.ts";

const upgrade = "GET / HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n";
const head = "who calls\n";

let behind: Server;
let peers: Socket[];
let tunnel: FaultTunnel;
/** Hands its upgrades to the tunnel. */
let front: HttpServer;

beforeEach(async () => {
  peers = [];
  behind = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", ignore);
    peers.push(socket);
  });
  await listening(behind);
  tunnel = createFaultTunnel({ to: { host: "127.0.0.1", port: portOf(behind) } });
  front = createHttpServer();
  front.on("upgrade", ({ socket }, _, rest) =>
    tunnel.carry(socket, Buffer.concat([Buffer.from(head), rest])),
  );
  await listening(front);
});

afterEach(async () => {
  await tunnel.close();
  for (const socket of peers) socket.destroy();
  await Promise.all([behind, front].map((server) => once(server.close(), "close")));
});

it("carries the upgrade of an HTTP server: what it is given first, then what came with it, then the rest", async () => {
  const { client, peer } = await pair("came with it\n");
  client.write("the rest");
  expect(await bytesOf(peer, 31)).toBe(`${head}came with it\nthe rest`);
  peer.write("answer");
  expect(await bytesOf(client, 6)).toBe("answer");
  expect(tunnel).toMatchObject({ links: 1, totalLinks: 1, bytes: { up: 31, down: 6 } });
});

it("passes an end on and leaves the other direction open, whoever accepted", async () => {
  await using acceptor = createServer((socket) => tunnel.carry(socket));
  await listening(acceptor);
  for (const server of [front, acceptor]) {
    const came = once(behind, "connection");
    const client = call(server);
    client.end(server === front ? upgrade : head);
    const [peer] = (await came) as [Socket];
    expect(await bytesUntilEnd(peer)).toBe(head);
    peer.end("last words");
    expect(await bytesUntilEnd(client)).toBe("last words");
  }
  expect(tunnel.links).toBe(0);
});

it("passes a reset on, both ways", async () => {
  for (const from of ["client", "peer"] as const) {
    const ends = await pair();
    const error = errorOf(ends[from === "client" ? "peer" : "client"]);
    ends[from].resetAndDestroy();
    expect(await error).toBe("ECONNRESET");
  }
});

it("lets a sender feel that nobody reads, and loses nothing", async () => {
  const { client, peer } = await pair();
  peer.pause();
  const wholeBytes = 64 * 1024 * 1024;
  client.end(Buffer.alloc(wholeBytes, 7));
  await stillness(() => `${tunnel.bytes.up} ${client.bytesWritten} ${client.writableLength}`);
  expect(tunnel.bytes.up).toBeLessThan(wholeBytes);
  expect(client.writableLength).toBeGreaterThan(0);
  expect((await bytesUntilEnd(peer)).length).toBe(wholeBytes + head.length);
  expect(tunnel.bytes.up).toBe(wholeBytes + head.length);
});

it("cuts, refuses and accepts", async () => {
  const { client, peer } = await pair();
  const errors = Promise.all([errorOf(client), errorOf(peer)]);
  tunnel.cut();
  expect(await errors).toEqual(["ECONNRESET", "ECONNRESET"]);
  tunnel.refuse();
  const refused = call(front);
  refused.write(upgrade);
  expect(await errorOf(refused)).toBe("ECONNRESET");
  tunnel.accept();
  await pair();
  expect(tunnel).toMatchObject({ links: 1, totalLinks: 2 });
});

it("makes a link half-open: the server is gone, the client is told nothing", async () => {
  const { client, peer } = await pair();
  const error = errorOf(peer);
  const told = notesOf(client);
  tunnel.halfOpen();
  expect(await error).toBe("ECONNRESET");
  // More than the kernel holds: it is read, or this never ends.
  await new Promise((resolve) => client.write(Buffer.alloc(32 * 1024 * 1024), resolve));
  client.end();
  await fence();
  expect(told).toEqual([]);
  expect(tunnel.links).toBe(0);
});

it("swallows all in a blackhole, new connections with their heads included, and lets it through when healed", async () => {
  const { client, peer } = await pair();
  await bytesOf(peer, head.length);
  const before = tunnel.bytes;
  tunnel.blackhole();
  const told = notesOf(peer);
  client.write("up");
  const late = call(front);
  late.write(upgrade);
  await expect.poll(() => tunnel.totalLinks).toBe(2);
  await fence();
  expect([told, tunnel.bytes]).toEqual([[], before]);
  const came = once(behind, "connection");
  const text = bytesOf(peer, 2);
  tunnel.heal();
  expect(await text).toBe("up");
  const [latePeer] = (await came) as [Socket];
  expect(await bytesOf(latePeer, head.length)).toBe(head);
});

it("counts the head like everything else: in bytes that cut, and in bytes that take their time", async () => {
  tunnel.cutAfter(4, "up");
  const came = once(behind, "connection");
  const client = call(front);
  const error = errorOf(client);
  client.write(upgrade);
  const [peer] = (await came) as [Socket];
  expect(await bytesOf(peer, 4)).toBe(head.slice(0, 4));
  expect([await error, tunnel.bytes.up]).toEqual(["ECONNRESET", 4]);
  tunnel.cutAfter(Infinity);
  tunnel.throttle(100);
  const startAt = performance.now();
  const slow = await pair();
  expect(await bytesOf(slow.peer, head.length)).toBe(head);
  expect(performance.now() - startAt).toBeGreaterThanOrEqual(60);
});

it("ends what it carries when it closes, and carries nothing afterwards", async () => {
  const { client, peer } = await pair();
  tunnel.blackhole();
  const late = call(front);
  late.write(upgrade);
  await expect.poll(() => tunnel.totalLinks).toBe(2);
  const ends = [client, peer, late].map((socket) => once(socket.resume(), "end"));
  await Promise.all([tunnel.close(), tunnel.close()]);
  await Promise.all(ends);
  const after = call(front);
  after.write(upgrade);
  await once(after.resume(), "end");
  expect(tunnel).toMatchObject({ links: 0, totalLinks: 2 });
});

it("does not wait for a socket that ended before it was handed over", async () => {
  const accepted = once(front, "connection");
  const client = call(front);
  const [socket] = (await accepted) as [Socket];
  await once(socket.destroy(), "close");
  tunnel.carry(socket, Buffer.from(head));
  await once(client.resume(), "end");
  await tunnel.close();
  expect([tunnel.totalLinks, tunnel.bytes.up]).toEqual([0, 0]);
});

it("leads to what a url says, and to nothing that is none", () => {
  expect(() => createFaultTunnel({ to: "nowhere" })).toThrow(TypeError);
  expect(() => createFaultTunnel({ to: "mailto:x@y" })).toThrow("host and a port");
});

interface Ends {
  readonly client: Socket;
  readonly peer: Socket;
}

/** A connection through the front and the tunnel, by its two ends. */
async function pair(withIt = ""): Promise<Ends> {
  const came = once(behind, "connection");
  const client = call(front);
  client.write(upgrade + withIt);
  const [peer] = (await came) as [Socket];
  return { client, peer };
}

function call(server: HttpServer | Server): Socket {
  const client = connect({ port: portOf(server), host: "127.0.0.1", allowHalfOpen: true });
  return client.on("error", ignore);
}

/** A few round trips through a tunnel without faults: what could have come by now has come. */
async function fence(): Promise<void> {
  await using calm = createFaultTunnel({ to: { host: "127.0.0.1", port: portOf(behind) } });
  await using acceptor = createServer((socket) => calm.carry(socket));
  await listening(acceptor);
  const came = once(behind, "connection");
  const client = call(acceptor);
  const [peer] = (await came) as [Socket];
  for (let round = 0; round < 3; round++) {
    client.write("over");
    await bytesOf(peer, 4);
    peer.write("back");
    await bytesOf(client, 4);
  }
  await calm.close();
}

/** Waits until something has been the same for a while, counted in round trips. */
async function stillness(read: () => string): Promise<void> {
  for (let rounds = 0, before = ""; rounds < 5; before = read()) {
    await fence();
    rounds = read() === before ? rounds + 1 : 0;
  }
}

/** What a socket is told from now on. */
function notesOf(socket: Socket): string[] {
  const notes: string[] = [];
  for (const name of ["data", "end", "error", "close"]) socket.on(name, () => notes.push(name));
  return notes;
}

/** The next so many bytes, and what came with them, as text. */
function bytesOf(socket: Socket, length: number): Promise<string> {
  let text = "";
  return new Promise((resolve) => {
    const hear = (chunk: Buffer): void => {
      text += String(chunk);
      if (text.length < length) return;
      socket.off("data", hear);
      resolve(text);
    };
    socket.on("data", hear);
  });
}

async function bytesUntilEnd(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk)).resume();
  await once(socket, "end");
  return Buffer.concat(chunks).toString();
}

function errorOf(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    socket.resume().once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
  });
}

async function listening(server: HttpServer | Server): Promise<void> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
}

function portOf(server: HttpServer | Server): number {
  return (server.address() as AddressInfo).port;
}

function ignore(): void {}

it("passes on the end of a connection that had ended before it was handed over", async () => {
  const early = createServer({ allowHalfOpen: true });
  await listening(early);
  const client = connect({ port: portOf(early), host: "127.0.0.1", allowHalfOpen: true });
  client.end(head);
  const [socket] = (await once(early, "connection")) as [Socket];
  const said = await bytesUntilEnd(socket);
  const came = once(behind, "connection");
  tunnel.carry(socket, Buffer.from(said));
  const [peer] = (await came) as [Socket];
  expect(await bytesUntilEnd(peer)).toBe(head);
  client.destroy();
  early.close();
});

it("takes the server's side along when somebody else destroys the client's", async () => {
  const destroyed: Socket[] = [];
  const acceptor = createServer((socket) => {
    tunnel.carry(socket);
    destroyed.push(socket);
  });
  await listening(acceptor);
  const came = once(behind, "connection");
  call(acceptor).on("error", ignore).write(head);
  const [peer] = (await came) as [Socket];
  await bytesOf(peer, head.length);
  // It hears a reset first.
  const gone = new Promise((resolve) => peer.once("close", resolve));
  destroyed[0]?.destroy();
  await gone;
  expect(tunnel.links).toBe(0);
  acceptor.close();
});
