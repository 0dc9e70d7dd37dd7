import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { defineContract } from "@holdfast/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
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

/** Loses the link of a session that has said one thing, and tells what it takes to go on. */
async function lostSession(credential = "ada"): Promise<{ id: string; token: string }> {
  const [client, { session }] = await RawClient.welcomed(stage.url, { credential });
  client.say(["data", 1, [["event", "say", "first"]]]);
  await client.next();
  client.socket.terminate();
  await client.closed;
  return session;
}

describe("a token", () => {
  it("that is wrong, foreign or made up tells nothing and goes on with nothing", async () => {
    const own = await lostSession();
    const foreign = await lostSession("bob");
    for (const session of [
      { ...own, token: "x" },
      { ...own, token: foreign.token },
      { ...own, token: "" },
      { id: "never there", token: own.token },
      { id: "__proto__", token: own.token },
    ]) {
      const [, welcome] = await RawClient.welcomed(stage.url, {
        session,
        received: 0,
        attempt: 2,
        credential: "ada",
      });
      expect(welcome).toMatchObject({ outcome: "lost", reason: "unknown" });
      expect(welcome.received).toBeUndefined();
      expect(welcome.session.id).not.toBe(own.id);
    }
    // And it is still there for its owner.
    const [, resumed] = await RawClient.welcomed(stage.url, {
      session: own,
      received: 0,
      attempt: 2,
      credential: "ada",
    });
    expect(resumed).toMatchObject({ outcome: "resumed", received: 1 });
  });

  it("is good until the next one is known to have arrived, and not a frame longer", async () => {
    const first = await lostSession();
    const hello = { session: first, received: 0, credential: "ada" };
    const [unheard] = await RawClient.welcomed(stage.url, { ...hello, attempt: 2 });
    unheard.socket.terminate();
    const [client, { session: second }] = await RawClient.welcomed(stage.url, { ...hello, attempt: 3 });
    client.say(["ack", 0]);
    client.say(["data", 2, [["event", "say", "second"]]]);
    await client.next();
    client.socket.terminate();
    const [, replayed] = await RawClient.welcomed(stage.url, { ...hello, attempt: 4 });
    expect(replayed).toMatchObject({ outcome: "lost", reason: "unknown" });
    const [, resumed] = await RawClient.welcomed(stage.url, { ...hello, session: second, attempt: 5 });
    expect(resumed).toMatchObject({ outcome: "resumed", received: 2 });
  });

  it("of another identity's session is no way into it", async () => {
    const session = await lostSession("ada");
    const [, welcome] = await RawClient.welcomed(stage.url, {
      session,
      received: 0,
      attempt: 2,
      credential: "bob",
    });
    expect(welcome).toMatchObject({ outcome: "lost", reason: "identity" });
    expect(welcome.received).toBeUndefined();
  });

  it("in two tabs belongs to the newer: the older is told 4009, and cannot come back with it", async () => {
    const [older, { session }] = await RawClient.welcomed(stage.url, { credential: "ada" });
    older.say(["ack", 0]);
    const [newer, welcome] = await RawClient.welcomed(stage.url, {
      session,
      received: 0,
      attempt: 2,
      credential: "ada",
    });
    expect([welcome.outcome, await older.closed]).toEqual(["resumed", 4009]);
    newer.say(["ack", 0]);
    const [, back] = await RawClient.welcomed(stage.url, {
      session,
      received: 0,
      attempt: 9,
      credential: "ada",
    });
    // The old token died with the newer tab's first frame, which may still be on its way.
    expect(["lost", "resumed"]).toContain(back.outcome);
  });

  it("does not help a dial that was overtaken: it is told 4009", async () => {
    const session = await lostSession();
    await RawClient.welcomed(stage.url, { session, received: 0, attempt: 5, credential: "ada" });
    const late = await RawClient.open(stage.url);
    late.hello({ session, received: 0, attempt: 4, credential: "ada" });
    expect(await late.closed).toBe(4009);
  });

  it("does not replace a credential", async () => {
    const session = await lostSession();
    const client = await RawClient.open(stage.url);
    client.hello({ session, received: 0, attempt: 2, credential: "nobody" });
    expect(await client.closed).toBe(4001);
  });
});

describe("a position", () => {
  it.each([2, 99, 2 ** 53 - 1])(
    "that cannot be (%d) loses the session, with what was received",
    async (received) => {
      const session = await lostSession();
      const [, welcome] = await RawClient.welcomed(stage.url, {
        session,
        received,
        attempt: 2,
        credential: "ada",
      });
      expect(welcome).toMatchObject({ outcome: "lost", reason: "position", received: 1 });
    },
  );
});

const nested = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;

describe("after the welcome, with 4000 goes who says", () => {
  it.each<[string, unknown]>([
    ["an offset of 0", ["data", 0, [["event", "say"]]]],
    ["a negative offset", ["data", -1, [["event", "say"]]]],
    ["half an offset", ["data", 1.5, [["event", "say"]]]],
    ["a huge offset", '["data",1e308,[["event","say"]]]'],
    ["an offset that is no number", ["data", "1", [["event", "say"]]]],
    ["no offset", ["data"]],
    ["an empty frame", ["data", 1, []]],
    ["records that are none", ["data", 1, [7]]],
    ["an unknown record", ["data", 1, [["shout", "x"]]]],
    ["an event without a name", ["data", 1, [["event", ""]]]],
    ["an ack of what was never sent", ["ack", 1]],
    ["a negative ack", ["ack", -1]],
    ["an ack of half", ["ack", 0.5]],
    ["an unknown frame", ["shout", 1]],
    ["a frame that every object has", ["constructor", 1]],
    ["a second hello", ["hello", { version: 1, attempt: 2, window: 1, maxMessageBytes: 1 }]],
    ["a welcome", ["welcome", {}]],
    ["a drain", ["drain", { withinMs: 1 }]],
    ["a call that is volatile", ["volatile", [["call", 1, "echo", "x"]]]],
    ["an id that is none", ["data", 1, [["call", 0, "echo", "x"]]]],
    [
      "an id twice",
      [
        "data",
        1,
        [
          ["open", 1, "echo", { credit: 1 }],
          ["call", 2, "echo", 7],
          ["open", 3, "x", {}],
        ],
      ],
    ],
    ["a credit of nothing", ["data", 1, [["credit", 1, 0]]]],
    ["no JSON", "{"],
    ["no array", "{}"],
    ["nothing", ""],
    ["null", "null"],
    ["what is nested beyond all reason", nested],
    ["a frame nested beyond all reason", `["data",1,[["event","say",${nested}]`],
  ])("%s", async (_, frame) => {
    const [client] = await RawClient.welcomed(stage.url);
    client.say(frame);
    expect(await client.closed).toBe(4000);
    expect(stage.got).toEqual([]);
  });

  it("bytes", async () => {
    const [client] = await RawClient.welcomed(stage.url);
    client.socket.send(Buffer.of(1, 2, 3));
    expect(await client.closed).toBe(4000);
  });

  it("another call with an id that is open", async () => {
    const [client] = await RawClient.welcomed(stage.url);
    client.say([
      "data",
      1,
      [
        ["call", 1, "nothing"],
        ["call", 1, "echo", "x"],
      ],
    ]);
    await client.next();
    client.say([
      "data",
      3,
      [
        ["open", 2, "echo", { credit: 1 }],
        ["open", 2, "echo", { credit: 1 }],
      ],
    ]);
    // Neither is open any more when the next comes: answered at once. Nothing is wrong, and nothing is left.
    await client.next();
    client.socket.close(1000);
    expect(await client.closed).toBe(1000);
  });
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

describe("a message", () => {
  it("of more than maxMessageBytes is closed with 1009", async () => {
    const [client] = await RawClient.welcomed(stage.url);
    client.say(["data", 1, [["event", "say", "x".repeat(1_100_000)]]]);
    expect(await client.closed).toBe(1009);
  });

  it("that is no UTF-8 is closed with 1007", async () => {
    const [client] = await RawClient.welcomed(stage.url);
    client.socket.send(Buffer.of(0xc3, 0x28), { binary: false });
    expect(await client.closed).toBe(1007);
  });

  it("that would pollute a prototype pollutes nothing, and arrives as data", async () => {
    const [client] = await RawClient.welcomed(stage.url);
    client.say(
      '["data",1,[["event","say",{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]]]',
    );
    await client.next();
    expect(stage.got).toHaveLength(1);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    client.say([
      "data",
      2,
      [
        ["event", "__proto__", 1],
        ["call", 1, "constructor", 1],
        ["call", 2, "__proto__"],
      ],
    ]);
    const [, , answers] = (await client.next()) as [string, number, [string, number, { code: string }][]];
    expect(answers.map(([, , { code }]) => code)).toEqual(["UNKNOWN", "UNKNOWN"]);
  });

  it("with what the contract refuses is told, not obeyed, and costs nobody the session", async () => {
    const invalid: unknown[] = [];
    stage.server.on("invalid", ({ name }) => invalid.push(name));
    const [client] = await RawClient.welcomed(stage.url);
    client.say([
      "data",
      1,
      [
        ["call", 1, "echo", 7],
        ["event", "nothing", 7],
        ["call", 2, "echo", "fine"],
      ],
    ]);
    const [, , answers] = (await client.next()) as [string, number, unknown[]];
    expect(answers).toEqual([
      ["error", 1, { code: "INVALID", message: expect.any(String) }],
      ["result", 2, "fine"],
    ]);
    expect(invalid).toEqual(["echo", "nothing"]);
  });
});

describe("a client that takes what it can get", () => {
  it("more than two windows without an ack being due: 4000", async () => {
    await stage[Symbol.asyncDispose]();
    stage = await createStage({ windowBytes: 1_000, handlersInFlight: 1 });
    const [client] = await RawClient.welcomed(stage.url);
    client.say(["data", 1, [["event", "say", "hold"]]]);
    for (let i = 2; i < 50; i++) client.say(["data", i, [["event", "say", "x".repeat(100)]]]);
    expect(await client.closed).toBe(4000);
  });

  it("never acks: its outbox is bounded, emits are refused, and a room loses it", async () => {
    await stage[Symbol.asyncDispose]();
    stage = await createStage({ outboxBytes: 10_000 });
    const [client] = await RawClient.welcomed(stage.url, { credential: "greedy" });
    const session = [...stage.server.sessions].find(({ identity }) => identity.id === "greedy");
    const fates = await Promise.allSettled(
      Array.from({ length: 1_000 }, () =>
        Promise.race([
          session?.emit("news", "x".repeat(100)),
          new Promise((resolve) => setImmediate(resolve)),
        ]),
      ),
    );
    expect(fates.filter(({ status }) => status === "rejected").length).toBeGreaterThan(800);
    await stage.server.toIdentity("greedy").emit("news", "the last straw");
    expect(await client.closed).toBe(4301);
  });

  it("never reads: what waits for it is bounded, and its link dies of it", async () => {
    await stage[Symbol.asyncDispose]();
    stage = await createStage({ outboxBytes: 4_000_000 });
    const [client] = await RawClient.welcomed(stage.url, { credential: "deaf", window: 2 ** 40 });
    client.say(["data", 1, [["event", "say", "hello"]]]);
    await client.next();
    client.socket.pause();
    const before = process.memoryUsage().rss;
    const session = [...stage.server.sessions].find(({ identity }) => identity.id === "deaf");
    let refused = 0;
    const parked = new Promise((resolve) => stage.server.on("parked", resolve));
    for (let i = 0; i < 600; i++) {
      for (let j = 0; j < 10; j++) void session?.emit("news", "x".repeat(100_000)).catch(() => refused++);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(refused).toBeGreaterThan(5_900);
    // A third of what was said, most of it garbage that nobody has collected yet.
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
    await parked;
    client.socket.terminate();
  });

  it("asks for more at a time than it may: BUSY", async () => {
    await stage[Symbol.asyncDispose]();
    stage = await createStage({ callsInFlight: 0, streams: 0 });
    const [client] = await RawClient.welcomed(stage.url);
    client.say([
      "data",
      1,
      [
        ["call", 1, "echo", "x"],
        ["open", 2, "echo", { credit: 1 }],
      ],
    ]);
    const [, , answers] = (await client.next()) as [string, number, [string, number, { code: string }][]];
    expect(answers.map(([, , { code }]) => code)).toEqual(["BUSY", "BUSY"]);
    await stage[Symbol.asyncDispose]();
    stage = await createStage();
  });
});

describe("a client that only asks", () => {
  it("and takes no answer is closed, however small what it asks", async () => {
    const [client] = await RawClient.welcomed(stage.url, { window: 0 });
    // What it is answered fills the outbox first, and then waits for room.
    const calls = (from: number): unknown[] =>
      Array.from({ length: 100 }, (_, i) => ["call", from + i, "nothing"]);
    for (let id = 1; id < 30_000; id += 100) client.say(["data", id, calls(id)]);
    expect(await client.closed).toBe(4000);
  });

  it("and could not even take an error is not welcome", async () => {
    const client = await RawClient.open(stage.url);
    client.hello({ maxMessageBytes: 10 });
    expect(await client.closed).toBe(4000);
  });

  it("with pings, and reads no pong, is let go when too many wait", async () => {
    const [client] = await RawClient.welcomed(stage.url, { credential: "deaf" });
    client.socket.pause();
    let isGone = false;
    void new Promise((resolve) => stage.server.on("closed", resolve)).then(() => (isGone = true));
    stage.server.on("parked", () => (isGone = true));
    const ping = Buffer.from("ping");
    for (let i = 0; i < 400 && !isGone; i++) {
      for (let j = 0; j < 5_000; j++) client.socket.send(ping, { binary: false });
      await new Promise((resolve) => setImmediate(resolve));
      while (client.socket.bufferedAmount > 1_000_000 && !isGone)
        await new Promise((resolve) => setImmediate(resolve));
    }
    expect(isGone).toBe(true);
    client.socket.terminate();
  });

  it("to be let in, again and again, is asked about once at a time", async () => {
    let running = 0;
    let most = 0;
    const server = createServer(defineContract({}), {
      authenticate: async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        return { identity: { id: "ada" } };
      },
      log: "off",
    }).handle({});
    const { url } = await server.listen();
    const [client] = await RawClient.welcomed(url);
    for (let i = 0; i < 1_000; i++) client.say(["auth", i]);
    expect(await client.next()).toEqual(["authenticated", {}]);
    expect(most).toBe(1);
    await server.close();
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
