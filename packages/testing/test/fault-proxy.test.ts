import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createFaultProxy, type FaultProxy } from "../src/node.ts";
import { echoServer, refusedUrl } from "./echo-server.ts";

let server: Server;
let accepted: Socket[];
let proxy: FaultProxy;

beforeEach(async () => {
  accepted = [];
  server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", ignore);
    accepted.push(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  proxy = await createFaultProxy({ to: { host: "127.0.0.1", port: portOf(server) } });
});

afterEach(async () => {
  await proxy.close();
  for (const socket of accepted) socket.destroy();
  server.close();
  await once(server, "close");
});

describe("a fault proxy without faults", () => {
  it("carries WebSockets and their closing handshake", async () => {
    await using echo = await echoServer();
    await using between = await createFaultProxy({ to: echo.url });
    const socket = new WebSocket(between.url("/room?x=1"));
    await once(socket, "open");
    expect(between).toMatchObject({ links: 1, totalLinks: 1 });
    socket.send("hello");
    const [answer] = await once(socket, "message");
    expect(String(answer)).toBe("hello");
    const ends = Promise.all([once(socket, "close"), echo.nextEnd()]);
    socket.close(4002, "done");
    expect(await ends).toEqual([[4002, Buffer.from("done")], 4002]);
    expect(between.bytes.up).toBeGreaterThan(5);
    expect(between.bytes.down).toBeGreaterThan(5);
  });

  it("speaks of itself in the words of its target", async () => {
    await using between = await createFaultProxy({ to: "wss://example.test/path?query=1" });
    expect(between.url()).toBe(`wss://127.0.0.1:${between.port}/path?query=1`);
    expect(between.url("/other")).toBe(`wss://127.0.0.1:${between.port}/other`);
    expect(proxy.url()).toBe(`ws://127.0.0.1:${proxy.port}/`);
    await expect(createFaultProxy({ to: "nowhere" })).rejects.toThrow(TypeError);
    await expect(createFaultProxy({ to: "mailto:x@y" })).rejects.toThrow("host and a port");
  });

  it("passes an end on, and leaves the other direction open", async () => {
    const { client, peer } = await pair();
    client.end("last words");
    expect(await textUntilEnd(peer)).toBe("last words");
    peer.end("answer");
    expect(await textUntilEnd(client)).toBe("answer");
    expect(proxy.links).toBe(0);
  });

  it("passes a reset on", async () => {
    const { client, peer } = await pair();
    const error = errorOf(peer);
    client.resetAndDestroy();
    expect(await error).toBe("ECONNRESET");
  });

  it("lets a sender feel that nobody reads, and loses nothing", async () => {
    const { client, peer } = await pair();
    peer.pause();
    const wholeBytes = 64 * 1024 * 1024;
    client.end(Buffer.alloc(wholeBytes, 7));
    await stillness(() => `${proxy.bytes.up} ${client.bytesWritten} ${client.writableLength}`);
    expect(proxy.bytes.up).toBeLessThan(wholeBytes);
    expect(client.writableLength).toBeGreaterThan(0);
    let receivedBytes = 0;
    peer.on("data", (chunk) => (receivedBytes += chunk.length));
    peer.resume();
    await once(peer, "end");
    expect(receivedBytes).toBe(wholeBytes);
    expect(proxy.bytes.up).toBe(wholeBytes);
  });

  it("resets the client when nobody is behind it", async () => {
    await using between = await createFaultProxy({ to: await refusedUrl() });
    const client = connect(between.port, "127.0.0.1");
    expect(await errorOf(client)).toBe("ECONNRESET");
    expect(between.links).toBe(0);
  });
});

describe("a fault proxy", () => {
  it("cuts every pair on both sides, and takes new ones", async () => {
    const pairs = [await pair(), await pair()];
    const errors = Promise.all(pairs.flatMap(({ client, peer }) => [errorOf(client), errorOf(peer)]));
    expect(proxy.links).toBe(2);
    proxy.cut();
    expect(await errors).toEqual(Array(4).fill("ECONNRESET"));
    expect(proxy.links).toBe(0);
    await expectRoundTrip(await pair());
    expect(proxy).toMatchObject({ links: 1, totalLinks: 3 });
  });

  it("makes a link half-open: the server is gone, the client is told nothing", async () => {
    const { client, peer } = await pair();
    await expectRoundTrip({ client, peer });
    const before = proxy.bytes;
    const error = errorOf(peer);
    proxy.halfOpen();
    expect(await error).toBe("ECONNRESET");
    const told = notesOf(client);
    // More than the kernel holds: it is read, or this never ends.
    await new Promise((resolve) => client.write(Buffer.alloc(32 * 1024 * 1024), resolve));
    client.end("bye");
    await fence();
    expect(told).toEqual([]);
    expect(proxy.bytes).toEqual(before);
    expect(proxy.links).toBe(0);
    await expectRoundTrip(await pair());
    const reset = errorOf(client);
    proxy.cut();
    expect(await reset).toBe("ECONNRESET");
  });

  it("swallows all in a blackhole, closes nothing, and lets what waited through when healed", async () => {
    const { client, peer } = await pair();
    proxy.blackhole();
    const told = [notesOf(client), notesOf(peer)];
    client.write("up");
    peer.write("down");
    const late = connect(proxy.port, "127.0.0.1");
    late.on("error", ignore);
    await once(late, "connect");
    late.write("late");
    const before = accepted.length;
    await fence();
    expect(told).toEqual([[], []]);
    expect(accepted.length - before).toBe(1);
    expect(proxy.bytes).toEqual({ up: 0, down: 0 });
    const arrived = [once(peer, "data"), once(client, "data"), once(server, "connection")] as const;
    proxy.heal();
    expect(String((await arrived[0])[0])).toBe("up");
    expect(String((await arrived[1])[0])).toBe("down");
    const [latePeer] = await arrived[2];
    expect(String((await once(latePeer as Socket, "data"))[0])).toBe("late");
  });

  it("tells of an end in a blackhole only when healed", async () => {
    const { client, peer } = await pair();
    const told = notesOf(peer);
    proxy.blackhole();
    client.resetAndDestroy();
    await fence();
    expect(told).toEqual([]);
    const error = errorOf(peer);
    proxy.heal();
    expect(await error).toBe("ECONNRESET");
  });

  it("delays each way, keeping order in spite of jitter", async () => {
    const { client, peer } = await pair();
    proxy.delay(30, 40);
    const startAt = performance.now();
    const text = textUntilEnd(peer);
    for (let piece = 0; piece < 10; piece++) {
      client.write(`${piece} `);
      await fence();
    }
    client.end();
    expect(await text).toBe("0 1 2 3 4 5 6 7 8 9 ");
    expect(performance.now() - startAt).toBeGreaterThanOrEqual(30);
  });

  it("lets what is delayed through when healed", async () => {
    const { client, peer } = await pair();
    proxy.delay(3_600_000);
    const text = textUntilEnd(peer);
    client.end("in a while");
    await fence();
    expect(proxy.bytes.up).toBe(0);
    proxy.heal();
    expect(await text).toBe("in a while");
  });

  it("throttles", async () => {
    const { client, peer } = await pair();
    proxy.throttle(20_000);
    const startAt = performance.now();
    const text = textUntilEnd(peer);
    client.end("x".repeat(2_000));
    expect((await text).length).toBe(2_000);
    expect(performance.now() - startAt).toBeGreaterThanOrEqual(75);
    expect(() => proxy.throttle(0)).toThrow(RangeError);
  });

  it("cuts each pair after so many bytes in a direction, and passes not one more", async () => {
    const older = await pair();
    proxy.cutAfter(300, "up");
    for (const { client, peer } of [older, await pair()]) {
      const answer = once(client, "data");
      peer.write(Buffer.alloc(1_000));
      await answer;
      const received = bytesUntilError(peer);
      const error = errorOf(client);
      client.write(Buffer.alloc(1_000));
      expect(await received).toBe(300);
      expect(await error).toBe("ECONNRESET");
    }
  });

  it("cuts after so many bytes in both directions together, until told otherwise", async () => {
    const { client, peer } = await pair();
    proxy.cutAfter(10);
    const received = bytesUntilError(client);
    client.write("123456");
    await once(peer, "data");
    peer.write("1234567");
    expect(await received).toBe(4);
    proxy.cutAfter(Infinity);
    await expectRoundTrip(await pair());
    expect(() => proxy.cutAfter(-1)).toThrow(RangeError);
  });

  it("refuses new connections until it accepts again", async () => {
    const older = await pair();
    proxy.refuse();
    expect(await errorOf(connect(proxy.port, "127.0.0.1"))).toBe("ECONNRESET");
    await expectRoundTrip(older);
    proxy.accept();
    await expectRoundTrip(await pair());
    expect(proxy.totalLinks).toBe(2);
  });

  it("closes whatever state it is in, and twice", async () => {
    const { client } = await pair();
    proxy.delay(3_600_000);
    client.write("never");
    await fence();
    proxy.halfOpen();
    proxy.blackhole();
    const late = connect(proxy.port, "127.0.0.1");
    await once(late, "connect");
    const ends = [client, late].map((socket) => once(socket.resume(), "end"));
    await Promise.all([proxy.close(), proxy.close()]);
    await Promise.all(ends);
    expect(await errorOf(connect(proxy.port, "127.0.0.1"))).toBe("ECONNREFUSED");
  });
});

interface Ends {
  readonly client: Socket;
  readonly peer: Socket;
}

/** A connection through the proxy, by its two ends. */
async function pair(through: FaultProxy = proxy): Promise<Ends> {
  const connected = once(server, "connection");
  const client = connect({ port: through.port, host: "127.0.0.1", allowHalfOpen: true });
  client.on("error", ignore);
  const [peer] = await connected;
  return { client, peer: peer as Socket };
}

/** A few round trips through a proxy without faults: what could have come by now has come. */
async function fence(): Promise<void> {
  await using calm = await createFaultProxy({ to: { host: "127.0.0.1", port: portOf(server) } });
  const ends = await pair(calm);
  for (let round = 0; round < 3; round++) await expectRoundTrip(ends);
}

async function expectRoundTrip({ client, peer }: Ends): Promise<void> {
  for (const [from, to] of [
    [client, peer],
    [peer, client],
  ] as const) {
    const arrived = once(to.resume(), "data");
    from.write("over");
    expect(String((await arrived)[0])).toBe("over");
  }
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

async function textUntilEnd(socket: Socket): Promise<string> {
  let text = "";
  socket.on("data", (chunk) => (text += String(chunk)));
  await once(socket, "end");
  return text;
}

function errorOf(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    socket.resume().once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
  });
}

function bytesUntilError(socket: Socket): Promise<number> {
  let bytes = 0;
  return new Promise((resolve) => {
    socket.on("data", (chunk) => (bytes += chunk.length)).once("error", () => resolve(bytes));
  });
}

function portOf(listening: Server): number {
  return (listening.address() as AddressInfo).port;
}

function ignore(): void {}
