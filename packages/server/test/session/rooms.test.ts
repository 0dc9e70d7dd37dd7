import { describe, expect, it } from "vitest";
import type { Client } from "@holdfast/core";
import { createWorld, fate, type K, onlySession, type World } from "./world.ts";

function hear(client: Client<K>): number[] {
  const news: number[] = [];
  client.on("news", (n) => news.push(n));
  return news;
}

describe("a room", () => {
  it("tells those who joined, once each, and not those who left or are excepted", async () => {
    const { client, connect, server, pass } = createWorld();
    const clients = [client, connect(), connect()];
    const heard = clients.map(hear);
    await pass();
    const [a, b, c] = server.sessions;
    for (const session of [a, b, c]) session?.join("readers");
    a?.join("writers");
    await server.to("readers").to("writers").emit("news", 1);
    b?.leave("readers");
    await server.to("readers").emit("news", 2);
    if (c) await server.to("readers").except(c).emit("news", 3);
    await server.emit("news", 4);
    if (a) await server.except(a).emit("news", 5);
    await pass();
    expect(heard).toEqual([
      [1, 2, 3, 4],
      [1, 4, 5],
      [1, 2, 4, 5],
    ]);
  });

  it("is joined as well when a credential is renewed, and none is left for that", async () => {
    const rooms = [["readers"], ["writers"]];
    const world: World = createWorld({
      server: {
        authenticate: () => ({
          identity: { id: "ada" },
          rooms: rooms.shift() ?? [],
          expiresAt: world.clock.epochMs() + 10_000,
        }),
      },
    });
    await world.pass(50);
    const session = onlySession(world.server.sessions);
    expect([...session.rooms]).toEqual(["readers"]);
    await world.pass(6_000);
    expect([...session.rooms]).toEqual(["readers", "writers"]);
    const heard = hear(world.client);
    await world.server.to("writers").emit("news", 1);
    await world.pass(50);
    expect(heard).toEqual([1]);
  });

  it("aspnetcore#55575: reaches a member whose link is down when it is back, once and in order", async () => {
    const { client, server, network, pass } = createWorld();
    const heard = hear(client);
    await pass();
    onlySession(server.sessions).join("readers");
    for (let n = 1; n <= 100; n++) {
      await server.to("readers").emit("news", n);
      if (n % 10 === 0) network.cut();
      await pass(20);
    }
    await pass(1_000);
    expect(heard).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  });

  it("is joined at the welcome, before the first record, when authenticate says so", async () => {
    const { client, server, pass } = createWorld({
      server: { authenticate: () => ({ identity: { id: "ada" }, rooms: ["readers"] }) },
    });
    const heard = hear(client);
    server.on("opened", () => void server.to("readers").emit("news", 1));
    await pass();
    expect(heard).toEqual([1]);
  });

  it("is known of a session that is over, and tells it nothing any more", async () => {
    const { client, connect, server, network, pass } = createWorld();
    await pass();
    const goes = connect();
    const [stays, left] = [hear(client), hear(goes)];
    await pass();
    const told: unknown[] = [];
    for (const session of server.sessions) session.join("readers");
    for (const name of ["expired", "closed"] as const) {
      server.on(name, ({ session }) => {
        told.push([name, [...session.rooms]]);
        void server.to("readers").emit("news", told.length);
        session.join("writers");
      });
    }
    const [, gone] = server.sessions;
    gone?.close();
    await pass();
    expect([told, stays, left]).toEqual([[["closed", ["readers"]]], [1], []]);
    network.refuse();
    network.cut();
    await pass(130_000);
    expect(told.slice(1)).toEqual([
      ["expired", ["readers"]],
      ["closed", ["readers"]],
    ]);
  });

  it("is gone with a lost session, unless authenticate says it or whoever hears that a session opened joins again", async () => {
    const { client, connect, server, network, pass } = createWorld({
      server: {
        authenticate: ({ credential }) => ({
          identity: { id: String(credential) },
          rooms: credential === "ada" ? ["readers"] : [],
        }),
      },
      client: { credential: "ada" },
      handlers: { join: (room, { session }) => session.join(room) },
    });
    const clients = [client, connect({ credential: "bob" }), connect({ credential: "cyd" })];
    const [, bob, cyd] = clients;
    bob?.session.on("opened", () => void bob.call("join", "readers"));
    void cyd?.call("join", "readers");
    const heard = clients.map(hear);
    await pass();
    await server.to("readers").emit("news", 1);
    await pass();
    network.refuse();
    network.cut();
    await pass(130_000);
    network.heal();
    await pass(60_000);
    await server.to("readers").emit("news", 2);
    await pass();
    expect(heard).toEqual([[1, 2], [1, 2], [1]]);
  });

  it("tells all sessions of one identity", async () => {
    const { client, connect, server, pass } = createWorld({
      server: { authenticate: ({ credential }) => ({ identity: { id: String(credential) } }) },
      client: { credential: "ada" },
    });
    const other = connect({ credential: "bob" });
    const heard = [hear(client), hear(other)];
    await pass();
    await server.toIdentity("bob").emit("news", 1);
    await pass();
    expect(heard).toEqual([[], [1]]);
  });
});

describe("an outbox at its bound", () => {
  const server = { limits: { outboxBytes: 1_000 } };

  it("socketio/socket.io#4435: refuses loudly what it has no room for, and takes the rest", async () => {
    const { client, network, got, pass } = createWorld({ client: { outbox: { maxBytes: 100 } } });
    await pass();
    network.refuse();
    network.cut();
    await pass(10);
    const fates = Array.from({ length: 20 }, (_, i) => fate(client.emit("say", i)));
    await pass(10);
    const full = fates.filter(({ now }) => (now as { code?: string }).code === "OUTBOX_FULL");
    expect(full.length).toBeGreaterThan(10);
    expect(client.bufferedBytes).toBeLessThanOrEqual(100);
    network.heal();
    await pass(5_000);
    expect(got.length).toBe(20 - full.length);
  });

  it("drains: drained() tells when there is room for more", async () => {
    const { client, network, pass } = createWorld({ client: { outbox: { maxBytes: 100 } } });
    await pass();
    network.refuse();
    network.cut();
    await pass(10);
    void client.emit("say", 1);
    const drained = fate(client.drained());
    await pass(100);
    expect(drained.now).toBe("pending");
    network.heal();
    await pass(5_000);
    expect(drained.now).toBe("done");
  });

  it("of a parked session is given away when a room has more to say: lost with overflow, and what was received is told", async () => {
    const { client, server: end, network, got, pass } = createWorld({ server });
    const lost: unknown[] = [];
    client.session.on("lost", (event) => lost.push(event));
    await pass();
    void client.emit("say", 1);
    await pass();
    network.refuse();
    network.cut();
    void client.emit("say", 2);
    await pass(10);
    for (let n = 1; n <= 200; n++) await end.emit("news", n);
    network.heal();
    await pass(5_000);
    expect([got, lost]).toEqual([[1, 2], [{ reason: "overflow", inDoubt: [] }]]);
  });

  it("of a slow consumer on a link costs it its link, and nobody else anything", async () => {
    const world = createWorld({ server });
    const { client, connect, server: end, network, pass } = world;
    await pass();
    const lost: string[] = [];
    client.session.on("lost", ({ reason }) => lost.push(reason));
    // The first client's acks do not arrive any more; the second is as it was.
    network.latencyMs = 100_000;
    for (let n = 1; n <= 200; n++) await end.emit("news", n);
    network.latencyMs = 1;
    const other = connect();
    await pass(200_000);
    expect([lost, other.state.name]).toEqual([["overflow"], "OPEN"]);
  });

  it("slows a stream and never refuses it", async () => {
    const { client, pass } = createWorld({ server });
    const items: number[] = [];
    void (async () => {
      for await (const item of client.stream("count", 500, { credit: 400 })) items.push(item);
    })();
    await pass(5_000);
    expect(items).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
  });

  it("with whileDown reject, sending without a link is LINK_DOWN", async () => {
    const { client, network, pass } = createWorld({ client: { outbox: { whileDown: "reject" } } });
    await pass();
    network.refuse();
    network.cut();
    await pass(10);
    const fates = [fate(client.emit("say", 1)), fate(client.call("echo", "x"))];
    await pass(10);
    for (const { now } of fates) expect(now).toMatchObject({ code: "LINK_DOWN", retryable: true });
  });

  it("what is larger than the other end takes is TOO_LARGE, before it is queued or when it is known", async () => {
    const { client, server: end, pass } = createWorld({ server: { limits: { maxMessageBytes: 1_024 } } });
    const early = fate(client.call("echo", "x".repeat(2_000)));
    await pass();
    const late = fate(client.call("echo", "x".repeat(2_000)));
    const volatile = fate(
      client.emit("wave", "x".repeat(2_000) as never).catch((error: { code: string }) => error.code),
    );
    await pass();
    expect(volatile.now).toBe("INVALID_MESSAGE");
    expect([early.now, late.now]).toMatchObject([{ code: "TOO_LARGE" }, { code: "TOO_LARGE" }]);
    expect([client.state.name, [...end.sessions].length]).toEqual(["OPEN", 1]);
  });
});

describe("handlersInFlight", () => {
  it("holds back what comes next, and the window holds back its sender", async () => {
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const { client, pass } = createWorld({
      handlers: {
        say: (n) => {
          begun.push(n);
          return new Promise((resolve) => ends.push(resolve));
        },
      },
      server: { limits: { handlersInFlight: 3 } },
    });
    await pass();
    for (let n = 1; n <= 10; n++) void client.emit("say", n);
    await pass();
    expect(begun).toEqual([1, 2, 3]);
    for (let i = 0; i < 10; i++) {
      ends[i]?.();
      await pass(5);
    }
    expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it.each(["say", "wave"] as const)(
    "that is reached is told to the log once, and again when it has caught up and is reached anew (%s)",
    async (name) => {
      const logged: { readonly message: string }[] = [];
      const ends: (() => void)[] = [];
      const linger = (): Promise<void> => new Promise((resolve) => ends.push(resolve));
      const { client, server, network, pass } = createWorld({
        handlers: { say: linger, wave: linger },
        server: { limits: { handlersInFlight: 3 }, log: { write: (entry) => logged.push(entry) } },
      });
      await pass();
      const { id } = onlySession(server.sessions);
      const say = async (count: number): Promise<void> => {
        for (let n = 1; n <= count; n++) void client.emit(name, n);
        await pass();
      };
      const told = {
        level: "warn",
        message: "limits.handlersInFlight is reached: events wait for handlers to end",
        details: { session: id, name, handlersInFlight: 3 },
      };
      await say(3);
      // All of them run, and nothing waits.
      expect(logged).toEqual([]);
      await say(1);
      await say(5);
      expect(logged).toEqual([told]);
      ends.shift()?.();
      await pass();
      await say(5);
      network.cut();
      await pass(1_000);
      await say(1);
      expect(logged.filter(({ message }) => message.startsWith("limits"))).toEqual([told]);
      while (ends.length) {
        for (const end of ends.splice(0)) end();
        await pass(5);
      }
      await say(4);
      expect(logged).toEqual([told, told]);
    },
  );
});

describe("messagesPerSecond", () => {
  it("slows handing over, and loses nothing", async () => {
    const { client, got, pass } = createWorld({ server: { limits: { messagesPerSecond: 10 } } });
    await pass();
    for (let n = 1; n <= 35; n++) void client.emit("say", n);
    await pass(900);
    expect(got.length).toBe(10);
    await pass(3_000);
    expect(got).toEqual(Array.from({ length: 35 }, (_, i) => i + 1));
  });

  it("leaves no timer behind", async () => {
    const { client, server, clock, pass } = createWorld({ server: { limits: { messagesPerSecond: 2 } } });
    await pass();
    for (let n = 1; n <= 5; n++) void client.emit("say", n);
    await pass();
    await server.close();
    void client.close();
    await pass(200);
    expect(clock.pending).toBe(0);
  });
});
