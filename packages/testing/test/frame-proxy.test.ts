import { once } from "node:events";
import { type ClientRequest, get, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createFrameProxy, type FrameProxy } from "../src/node.ts";
import { refusedUrl } from "./echo-server.ts";
import { type MessageEnd, messageEnd, type MessageServer, messageServer } from "./message-end.ts";

const megabyte: string = "x".repeat(1024 * 1024);
let server: MessageServer;
let proxy: FrameProxy;

beforeEach(async () => {
  server = await messageServer({ handleProtocols: (offered) => [...offered].at(-1) ?? false });
  proxy = await createFrameProxy({ to: server.url });
});

afterEach(async () => {
  await proxy.close();
  await server[Symbol.asyncDispose]();
});

describe("a frame proxy without faults", () => {
  it("changes nothing of 1,000 messages each way", async () => {
    const { client, peer } = await link();
    const up = numbers(1_000).map((number) => `up ${number} é 🙂`);
    const down = numbers(1_000).map((number) => `down ${number}`);
    for (const index of up.keys()) {
      client.say(up[index] ?? "");
      peer.say(down[index] ?? "");
    }
    await Promise.all([client.fence(), peer.fence()]);
    expect(peer.take()).toEqual(up);
    expect(client.take()).toEqual(down);
    expect(proxy.messages).toEqual({ up: 1_000, down: 1_000 });
    for (const count of ["dropped", "doubled", "replayed", "truncated", "reordered"] as const) {
      expect(proxy[count]).toEqual({ up: 0, down: 0 });
    }
    expect(proxy).toMatchObject({ links: 1, totalLinks: 1 });
  });

  it("keeps text text, and bytes bytes", async () => {
    const { client, peer } = await link();
    const messages = ["", "a", Uint8Array.of(0, 255), "\uFEFFb", new Uint8Array()];
    client.say(...messages);
    await client.fence();
    expect(peer.take()).toEqual(["", "a", [0, 255], "\uFEFFb", []]);
  });

  it("offers what the client offers, and chooses what the server chose", async () => {
    const headers = { authorization: "Bearer 7", cookie: "a=1", origin: "https://app.test" };
    const next = server.next();
    const socket = new WebSocket(proxy.url("/room?x=1"), ["holdfast.1", "other"], { headers });
    const [[, request]] = await Promise.all([next, once(socket, "open")]);
    expect(socket.protocol).toBe("other");
    expect(request.url).toBe("/room?x=1");
    expect(request.headers).toMatchObject({ ...headers, host: new URL(server.url).host });
    expect(request.headers["sec-websocket-protocol"]).toBe("holdfast.1,other");
    expect((await link()).client.socket.protocol).toBe("");
  });

  it.each([426, 403, 503])("answers with the status of a refusal, %d", async (status) => {
    await using refusing = await stub((socket) =>
      socket.end(`HTTP/1.1 ${status} No\r\nRetry-After: 7\r\nContent-Length: 6\r\n\r\nnot so`),
    );
    await using between = await createFrameProxy({ to: refusing.to });
    const [response] = await refusalOf(new WebSocket(between.url()));
    expect(response.statusCode).toBe(status);
    expect(response.headers["retry-after"]).toBe("7");
    expect(await text(response)).toBe("not so");
    expect(between).toMatchObject({ links: 0, totalLinks: 0 });
  });

  it("resets a client when nobody is behind it, or nobody who speaks WebSocket", async () => {
    await using stranger = await stub((socket) => socket.end("what?\r\n\r\n"));
    for (const to of [await refusedUrl(), stranger.to]) {
      await using between = await createFrameProxy({ to });
      const [error] = await once(new WebSocket(between.url()), "error");
      expect(error).toMatchObject({ code: "ECONNRESET" });
      expect(between.totalLinks).toBe(0);
    }
  });

  it.each([
    [4002, "done"],
    [1000, "bye"],
    [1001, ""],
    [1005, ""],
  ])("passes close code %d on, from both ends", async (code, reason) => {
    for (const from of ["client", "peer"] as const) {
      const ends = await link();
      const to = from === "client" ? ends.peer : ends.client;
      ends[from].say("last words");
      if (code === 1005) ends[from].socket.close();
      else ends[from].socket.close(code, reason);
      expect(await to.ended).toEqual([code, reason]);
      expect(await ends[from].ended).toEqual([code, reason]);
      expect(to.take()).toEqual(["last words"]);
    }
    expect(proxy).toMatchObject({ links: 0, totalLinks: 2 });
  });

  it("passes on that an end was lost without a close", async () => {
    for (const [from, to] of [
      ["client", "peer"],
      ["peer", "client"],
    ] as const) {
      const ends = await link();
      ends[from].socket.terminate();
      expect(await ends[to].ended).toEqual([1006, ""]);
    }
  });

  it("leaves a ping to the other end", async () => {
    const { client, peer } = await link();
    const heard = Promise.all([once(peer.socket, "ping"), once(client.socket, "pong")]);
    client.socket.ping("there?");
    expect((await heard).map(([data]) => String(data))).toEqual(["there?", "there?"]);
  });

  it("lets a sender feel that nobody reads, and loses nothing", async () => {
    const { client, peer } = await link();
    peer.socket.pause();
    client.say(...Array<string>(64).fill(megabyte));
    await stillness(() => `${proxy.messages.up} ${client.socket.bufferedAmount}`);
    expect(client.socket.bufferedAmount).toBeGreaterThan(32 * megabyte.length);
    peer.socket.resume();
    await client.fence();
    expect(peer.take()).toHaveLength(64);
  });

  it.each([
    ["leaves", (socket: WebSocket) => socket.terminate(), [1006, ""]],
    ["closes", (socket: WebSocket) => socket.close(4002, "done"), [4002, "done"]],
  ] as const)("ends a link whose receiver %s while the sender is held back", async (_, leave, end) => {
    const { client, peer } = await link();
    peer.socket.pause();
    client.say(...Array<string>(64).fill(megabyte));
    await stillness(() => `${proxy.messages.up} ${client.socket.bufferedAmount}`);
    leave(peer.socket);
    peer.socket.resume();
    expect(await client.ended).toEqual(end);
    expect(proxy.links).toBe(0);
  });

  it("refuses what is no handshake", async () => {
    const handshake = {
      connection: "upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    };
    const statusOf = async (headers: Readonly<Record<string, string>>): Promise<number | undefined> => {
      const [response] = await once(get({ host: "127.0.0.1", port: proxy.port, headers }), "response");
      await text(response as IncomingMessage);
      return (response as IncomingMessage).statusCode;
    };
    expect(await statusOf({})).toBe(426);
    expect(await statusOf({ ...handshake, "sec-websocket-protocol": "a,,b" })).toBe(400);
    expect(await statusOf({ ...handshake, "sec-websocket-key": "short" })).toBe(400);
    expect(proxy.totalLinks).toBe(0);
  });

  it("lets go of the server when the client leaves before it is let in", async () => {
    await using silent = await stub(() => {});
    await using between = await createFrameProxy({ to: silent.to });
    const accepted = silent.next();
    const client = messageEnd(new WebSocket(between.url()));
    const upstream = await accepted;
    client.socket.terminate();
    await once(upstream.resume(), "close");
  });

  it("speaks of itself as ws:, with the path of its target", async () => {
    await using between = await createFrameProxy({ to: "wss://example.test/path?query=1" });
    expect(between.url()).toBe(`ws://127.0.0.1:${between.port}/path?query=1`);
    expect(between.url("/other")).toBe(`ws://127.0.0.1:${between.port}/other`);
    await expect(createFrameProxy({ to: "nowhere" })).rejects.toThrow(TypeError);
  });
});

describe("a frame proxy", () => {
  it("drops, in one direction or in both, until told otherwise", async () => {
    const ends = await link();
    proxy.drop(1, "up");
    expect(await up(ends, "a", "b")).toEqual([]);
    expect(await down(ends, "c", "d")).toEqual(["c", "d"]);
    proxy.drop(1);
    expect(await down(ends, "e")).toEqual([]);
    proxy.drop(0);
    expect(await up(ends, "f")).toEqual(["f"]);
    expect(proxy.dropped).toEqual({ up: 2, down: 1 });
    expect(proxy.messages).toEqual({ up: 3, down: 3 });
  });

  it("drops as often as its chance says, and keeps the order of the rest", async () => {
    const ends = await link();
    proxy.drop(0.25, "up");
    const arrived = (await up(ends, ...numbers(1_000))).map(Number);
    expect(arrived).toEqual(arrived.toSorted((one, other) => one - other));
    expect(arrived).toHaveLength(1_000 - proxy.dropped.up);
    expect(Math.abs(proxy.dropped.up - 250)).toBeLessThan(50);
  });

  it("doubles", async () => {
    const ends = await link();
    proxy.double(1, "down");
    expect(await down(ends, "a", "b")).toEqual(["a", "a", "b", "b"]);
    expect(proxy.doubled).toEqual({ up: 0, down: 2 });
  });

  it("replays one of the 64 before, and none of another link or direction", async () => {
    const ends = await link();
    await up(await link(), "other link");
    await down(ends, "other direction");
    proxy.replay(1);
    const [first, ...rest] = (await up(ends, ...numbers(1_000))).map(Number);
    expect(first).toBe(0);
    const backs = rest.flatMap((number, index) => (index % 2 ? [(index + 1) / 2 - number] : []));
    expect(rest.filter((_, index) => index % 2 === 0)).toEqual(numbers(1_000).slice(1).map(Number));
    expect([backs.length, Math.min(...backs), Math.max(...backs)]).toEqual([999, 1, 64]);
    expect(proxy.replayed).toEqual({ up: 999, down: 0 });
  });

  it("replays nothing that was dropped", async () => {
    const ends = await link();
    proxy.drop(1);
    await up(ends, "a", "b");
    proxy.drop(0);
    proxy.replay(1);
    expect(await up(ends, "c", "d")).toEqual(["c", "d", "c"]);
  });

  it("cuts texts short, between characters", async () => {
    const ends = await link();
    proxy.truncate(1);
    const whole = "🙂".repeat(5);
    const arrived = await up(ends, ...Array<string>(100).fill(whole));
    expect(arrived).toHaveLength(100);
    expect(arrived.filter((short) => !whole.startsWith(String(short)))).toEqual([]);
    expect(new Set(arrived.map(({ length }) => length))).toEqual(new Set([0, 2, 4, 6, 8]));
    expect(await up(ends, "")).toEqual([""]);
    expect(proxy.truncated).toEqual({ up: 100, down: 0 });
  });

  it("lets the next message overtake, whatever it is", async () => {
    const ends = await link();
    proxy.reorder(1, "up");
    expect(await up(ends, "a", "b", "c", "d")).toEqual(["b", "a", "d", "c"]);
    expect(await up(ends, "e", Uint8Array.of(7))).toEqual([[7], "e"]);
    expect(proxy.reordered).toEqual({ up: 3, down: 0 });
  });

  it("passes what is held when it heals, and before a close, and counts neither", async () => {
    const ends = await link();
    proxy.reorder(1);
    expect(await up(ends, "a")).toEqual([]);
    proxy.heal();
    await ends.client.fence();
    expect(ends.peer.take()).toEqual(["a"]);
    proxy.reorder(1);
    ends.client.say("b");
    ends.client.socket.close();
    await ends.peer.ended;
    expect(ends.peer.take()).toEqual(["b"]);
    expect(proxy.reordered).toEqual({ up: 0, down: 0 });
  });

  it("holds on while what follows is dropped", async () => {
    const ends = await link();
    proxy.reorder(1);
    await up(ends, "a");
    proxy.drop(1);
    expect(await up(ends, "b")).toEqual([]);
    proxy.drop(0);
    expect(await up(ends, "c")).toEqual(["c", "a"]);
  });

  it("touches nothing but texts, and of these only what it may", async () => {
    await using careful = await createFrameProxy({
      to: server.url,
      touches: (message) => !message.startsWith("hello"),
    });
    const ends = await link(careful);
    for (const fault of ["double", "replay", "truncate", "reorder"] as const) careful[fault](1);
    expect(await up(ends, "hello 1", Uint8Array.of(1), "hello 2")).toEqual(["hello 1", [1], "hello 2"]);
    careful.heal();
    careful.drop(1);
    expect(await up(ends, "hello 3", Uint8Array.of(2), "lost")).toEqual(["hello 3", [2]]);
    careful.heal();
    careful.replay(1);
    // Nor is one replayed.
    expect(await up(ends, "a")).toEqual(["a"]);
    expect(careful.replayed.up).toBe(0);
  });

  it("does all of it again for the same seed, however directions and links mix", async () => {
    const run = async (seed: number, isBusy: boolean): Promise<unknown> => {
      await using between = await createFrameProxy({ to: server.url, seed });
      const [one, other] = [await link(between), await link(between)];
      for (const fault of ["drop", "double", "replay", "truncate", "reorder"] as const) between[fault](0.3);
      if (isBusy) await Promise.all([down(one, ...numbers(50)), up(other, ...numbers(50))]);
      return await up(one, ...numbers(200));
    };
    const before = await run(7, false);
    expect(await run(7, true)).toEqual(before);
    expect(await run(8, false)).not.toEqual(before);
  });

  it("ends every fault when it heals", async () => {
    const ends = await link();
    for (const fault of ["drop", "double", "replay", "truncate", "reorder"] as const) proxy[fault](1);
    await up(ends, "a", "b");
    proxy.heal();
    expect((await up(ends, "c", "d")).slice(-2)).toEqual(["c", "d"]);
    expect((await down(ends, "e")).at(-1)).toBe("e");
  });

  it.each([-0.1, 1.1, Number.NaN])("refuses %d as a chance", (chance) => {
    for (const fault of ["drop", "double", "replay", "truncate", "reorder"] as const) {
      expect(() => proxy[fault](chance)).toThrow(`${fault}() needs a chance from 0 to 1`);
    }
    expect(() => proxy.drop(chance)).toThrow(RangeError);
  });

  it("cuts every link on both sides, and takes new ones", async () => {
    const both = [await link(), await link()];
    expect(proxy.links).toBe(2);
    proxy.cut();
    const ends = both.flatMap(({ client, peer }) => [client.ended, peer.ended]);
    expect(await Promise.all(ends)).toEqual(ends.map(() => [1006, ""]));
    expect(await up(await link(), "a")).toEqual(["a"]);
    expect(proxy).toMatchObject({ links: 1, totalLinks: 3 });
  });

  it("leaves nothing when it is closed, whatever was going on, and twice", async () => {
    await using silent = await stub(() => {});
    await using endless = await stub((socket) =>
      socket.write("HTTP/1.1 503 No\r\nContent-Length: 9\r\n\r\nnot"),
    );
    const dialled = [silent.next(), endless.next()];
    const others = [await createFrameProxy({ to: silent.to }), await createFrameProxy({ to: endless.to })];
    const clients = others.map((between) => messageEnd(new WebSocket(between.url())));
    const refused = refusalOf(clients[1]?.socket as WebSocket);
    const upstreams = await Promise.all(dialled);
    const [response] = await refused;
    response.on("error", ignore);
    const held = await link();
    proxy.reorder(1);
    await up(held, "held");
    const idle = connect(proxy.port, "127.0.0.1").on("error", ignore);
    await once(idle, "connect");

    const gone = [idle, ...upstreams].map((socket) => once(socket.resume(), "close"));
    await Promise.all([proxy, ...others].flatMap((between) => [between.close(), between.close()]));
    await Promise.all(gone);
    expect(await held.client.ended).toEqual([1006, ""]);
    expect(await held.peer.ended).toEqual([1006, ""]);
    expect(await clients[0]?.ended).toEqual([1006, ""]);
    expect([server.sockets, proxy.links]).toEqual([0, 0]);
    const [error] = await once(connect(proxy.port, "127.0.0.1"), "error");
    expect(error).toMatchObject({ code: "ECONNREFUSED" });
  });
});

interface Ends {
  readonly client: MessageEnd;
  readonly peer: MessageEnd;
}

/** A link through the proxy, by its two ends. */
async function link(through: FrameProxy = proxy): Promise<Ends> {
  const next = server.next();
  const client = messageEnd(new WebSocket(through.url()));
  const [[peer]] = await Promise.all([next, once(client.socket, "open")]);
  return { client, peer };
}

type Messages = readonly (string | Uint8Array)[];

/** What arrives at the server of what the client says. */
async function up({ client, peer }: Ends, ...messages: Messages): Promise<ReturnType<MessageEnd["take"]>> {
  client.say(...messages);
  await client.fence();
  return peer.take();
}

/** The other way. */
function down({ client, peer }: Ends, ...messages: Messages): ReturnType<typeof up> {
  return up({ client: peer, peer: client }, ...messages);
}

/** "0", "1" and so on. */
function numbers(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index));
}

/** How a socket was refused. */
function refusalOf(socket: WebSocket): Promise<readonly [IncomingMessage]> {
  return new Promise((resolve) => {
    socket.once("unexpected-response", (_: ClientRequest, response: IncomingMessage) => resolve([response]));
  });
}

/** A server of bytes that says one thing to everybody. */
async function stub(
  answer: (socket: Socket) => unknown,
): Promise<AsyncDisposable & { readonly to: { host: string; port: number }; next(): Promise<Socket> }> {
  const sockets: Socket[] = [];
  const stubServer: Server = createServer((socket) => {
    sockets.push(socket.on("error", ignore));
    socket.once("data", () => answer(socket));
  });
  stubServer.listen(0, "127.0.0.1");
  await once(stubServer, "listening");
  return {
    to: { host: "127.0.0.1", port: (stubServer.address() as AddressInfo).port },
    next: async () => (await once(stubServer, "connection"))[0] as Socket,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      stubServer.close();
      await once(stubServer, "close");
    },
  };
}

/** Waits until something has been the same for a while, counted in round trips of another link. */
async function stillness(read: () => string): Promise<void> {
  const { client, peer } = await link();
  for (let rounds = 0, before = ""; rounds < 20; before = read()) {
    await client.fence();
    rounds = read() === before ? rounds + 1 : 0;
  }
  client.socket.close();
  await peer.ended;
}

function ignore(): void {}
