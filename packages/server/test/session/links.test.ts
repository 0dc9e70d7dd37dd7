import { describe, expect, it } from "vitest";
import { createWorld, fate, onlySession } from "./world.ts";

/** Everything that a session tells, in a row. */
function watch({ client }: ReturnType<typeof createWorld>): string[] {
  const seen: string[] = [];
  client.session.on("opened", () => seen.push("opened"));
  client.session.on("resumed", () => seen.push("resumed"));
  client.session.on("lost", ({ reason }) => seen.push(`lost ${reason}`));
  client.session.on("closed", ({ cause }) => seen.push(`closed ${cause?.code ?? ""}`.trim()));
  return seen;
}

describe("a link on which nobody answers", () => {
  /** The server hears `hello`, and nothing of what it says arrives: on these links. */
  function createDeafened(isDeaf: (link: number) => boolean = () => true): ReturnType<typeof createWorld> {
    const world = createWorld({
      server: {
        authenticate: () => {
          if (isDeaf(world.network.totalLinks)) world.network.halfOpen();
          return { identity: { id: "ada" } };
        },
      },
    });
    return world;
  }

  it("is that of a lost one twice, and of no server of ours the third time", async () => {
    const world = createDeafened();
    const seen = watch(world);
    await world.pass(24_000);
    expect([world.client.state, world.network.totalLinks]).toMatchObject([
      { phase: "greeting", attempt: 3 },
      3,
    ]);
    await world.pass(2_000);
    expect(seen).toEqual(["closed PROTOCOL"]);
    expect(world.client.state).toMatchObject({ code: 4000, reason: "the server does not speak holdfast.1" });
  });

  it("holds nothing up when its client closes meanwhile", async () => {
    const { client, clock, pass, server } = createDeafened();
    await pass(24_000);
    await Promise.all([client.close(), server.close(), pass(5_000)]);
    expect([client.state, clock.pending]).toMatchObject([{ phase: "ended", code: 1006 }, 0]);
    expect(client.state).not.toHaveProperty("cause");
  });

  it("is a lost one however often, once the client has had a session", async () => {
    const world = createDeafened((link) => link > 1 && link < 6);
    const seen = watch(world);
    await world.pass();
    world.network.cut();
    await world.pass(60_000);
    expect([seen, world.network.totalLinks]).toEqual([["opened", "resumed"], 6]);
  });
});

describe("a lost link", () => {
  it("loses nothing, in either direction, and the session goes on", async () => {
    const world = createWorld();
    const { client, server, network, got, pass } = world;
    const seen = watch(world);
    const news: number[] = [];
    client.on("news", (n) => news.push(n));
    await pass();
    for (let n = 1; n <= 200; n++) {
      void client.emit("say", n);
      void onlySession(server.sessions).emit("news", n);
      if (n % 20 === 0) network.cut();
      await pass(30);
    }
    await pass(1_000);
    const all = Array.from({ length: 200 }, (_, i) => i + 1);
    expect([got, news]).toEqual([all, all]);
    expect(new Set(seen)).toEqual(new Set(["opened", "resumed"]));
  });

  it("shows at the server what it holds for a client that is away", async () => {
    const { server, network, pass } = createWorld();
    await pass();
    const session = onlySession(server.sessions);
    expect(session.bufferedBytes).toBe(0);
    network.cut();
    for (let n = 0; n < 10; n++) void session.emit("news", n);
    expect(session.bufferedBytes).toBe(10 * '["event","news",0]'.length);
    await pass(1_000);
    expect(session.bufferedBytes).toBe(0);
  });

  it("socketio/socket.io#5363: what the client sent meanwhile goes out with the next link", async () => {
    const { client, network, got, pass } = createWorld();
    await pass();
    network.cut();
    const said = fate(client.emit("say", 1));
    await pass(10);
    expect([got, said.now]).toEqual([[], "pending"]);
    await pass(200);
    expect([got, said.now]).toEqual([[1], "done"]);
  });

  it("socketio/socket.io#5538: can be resumed before the server has said anything", async () => {
    const world = createWorld();
    const seen = watch(world);
    await world.pass();
    world.network.cut();
    await world.pass(200);
    expect(seen).toEqual(["opened", "resumed"]);
  });

  it("socketio/socket.io#5419, MQTT.js#2015: again and again during the replay costs and doubles nothing", async () => {
    const { client, network, got, pass } = createWorld();
    await pass();
    network.refuse();
    network.cut();
    for (let n = 1; n <= 500; n++) void client.emit("say", n);
    await pass(20);
    network.heal();
    for (let i = 0; i < 20; i++) {
      await pass(103);
      network.cut();
    }
    await pass(1_000);
    expect(got).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
  });

  it("socketio/socket.io#4880: that the server has not noticed is taken over, and what it had sent there is sent again", async () => {
    const world = createWorld();
    const { client, server, network, pass } = world;
    const seen = watch(world);
    const news: number[] = [];
    client.on("news", (n) => news.push(n));
    await pass();
    network.vanish();
    const session = onlySession(server.sessions);
    void session.emit("news", 1);
    void session.emit("news", 2);
    await pass(200);
    expect(onlySession(server.sessions)).toBe(session);
    expect([news, seen]).toEqual([
      [1, 2],
      ["opened", "resumed"],
    ]);
  });

  it("that the client has not noticed is found by the server's silence, and the session goes on", async () => {
    const world = createWorld({ server: { heartbeat: { intervalMs: 1_000, timeoutMs: 500 } } });
    const { client, network, got, pass } = world;
    const seen = watch(world);
    await pass();
    network.halfOpen();
    const said = fate(client.emit("say", 1));
    await pass(1_400);
    expect(said.now).toBe("pending");
    await pass(600);
    expect([got, said.now, seen]).toEqual([[1], "done", ["opened", "resumed"]]);
  });

  it("in a black hole is given up within interval and timeout, by both ends", async () => {
    const world = createWorld({ server: { heartbeat: { intervalMs: 1_000, timeoutMs: 500 } } });
    const { client, server, network, pass } = world;
    const parked: unknown[] = [];
    server.on("parked", (event) => parked.push(event));
    await pass();
    network.blackhole();
    await pass(1_600);
    expect(client.state).toMatchObject({ name: "CONNECTING" });
    expect(parked).toMatchObject([{ code: 4201, reason: "no sign of life" }]);
    network.heal();
    await pass(15_000);
    expect(client.state.name).toBe("OPEN");
  });

  it("liveblocks#1459: whose dial comes too late is nobody's: the session is on the newest link", async () => {
    const { client, server, network, got, pass } = createWorld({ client: { dialTimeoutMs: 100 } });
    network.latencyMs = 70;
    await pass(600);
    network.latencyMs = 1;
    await pass(1_000);
    void client.emit("say", 1);
    await pass();
    expect([got, network.links, [...server.sessions].length >= 1]).toEqual([[1], 1, true]);
  });

  it("costs one round trip to resume", async () => {
    const { client, network, got, pass, clock } = createWorld({ client: { backoff: { initialMs: 0 } } });
    network.latencyMs = 100;
    await pass(400);
    network.cut();
    await pass(101);
    const heardAt = clock.now();
    void client.emit("say", 1);
    // Dialled, hello, welcome, data: the link's opening and the one round trip, and half of one for the record.
    for (let i = 0; i < 100 && !got.length; i++) await pass(10);
    expect(clock.now() - heardAt).toBeLessThanOrEqual(420);
  });

  it("socketio/socket.io#5334: that a handler breaks causes no second delivery", async () => {
    const { client, network, got, pass } = createWorld({
      handlers: {
        set: (n) => {
          got.push(n);
          network.cut();
        },
      },
    });
    await pass();
    for (let n = 1; n <= 5; n++) {
      void client.emit("set", n);
      await pass(300);
    }
    expect(got).toEqual([1, 2, 3, 4, 5]);
  });
});

describe("a session", () => {
  it("aspnetcore#69283: that a peer's nonsense ends does not stay silent: it says PROTOCOL and stops", async () => {
    const { client, network, pass } = createWorld();
    const ends: unknown[] = [];
    client.session.on("closed", (end) => ends.push(end));
    const dial = network.dial.bind(network);
    await pass();
    network.dial = (request, listener) =>
      dial(request, {
        ...listener,
        opened: () => listener.opened(),
        message: () => listener.message('["data",9'),
      });
    network.cut();
    await pass(2_000);
    expect(ends).toMatchObject([{ code: 4000, cause: { code: "PROTOCOL" } }]);
    expect(network.links).toBe(0);
  });

  it("goes on over the next link when a frame broke on the way: the 1002 is the runtime's own", async () => {
    const world = createWorld({ client: { start: "manual" } });
    const seen = watch(world);
    const { network } = world;
    const dial = network.dial.bind(network);
    network.dial = (request, listener) =>
      dial(request, {
        ...listener,
        closed: () => listener.closed({ code: 1002, reason: "", wasClean: false }),
      });
    world.client.open();
    await world.pass(200);
    network.cut();
    await world.pass(2_000);
    expect(seen).toEqual(["opened", "resumed"]);
    expect(world.client.state.name).toBe("OPEN");
  });

  it("socketio/socket.io#5250: that expires is told, on both ends, with what it means", async () => {
    const world = createWorld({ server: { resumeWithinMs: 10_000 } });
    const { server, network, pass } = world;
    const seen = watch(world);
    const told: string[] = [];
    for (const name of ["opened", "parked", "expired", "closed"] as const)
      server.on(name, () => told.push(name));
    await pass();
    network.refuse();
    network.cut();
    await pass(11_000);
    expect(told).toEqual(["opened", "parked", "expired", "closed"]);
    network.heal();
    await pass(20_000);
    expect(seen).toEqual(["opened", "lost expired", "opened"]);
  });

  it("is over for both ends when either closes it", async () => {
    const world = createWorld();
    const { client, server, clock, pass } = world;
    const seen = watch(world);
    await pass();
    const session = onlySession(server.sessions);
    void client.close();
    await pass();
    expect([seen, [...server.sessions], session.phase, client.state]).toMatchObject([
      ["opened", "closed"],
      [],
      "dead",
      { name: "CLOSED", code: 1000 },
    ]);
    client.reconnect();
    await pass();
    onlySession(server.sessions).close(4003, "not you");
    await pass();
    expect(seen.slice(2)).toEqual(["opened", "closed FORBIDDEN"]);
    await server.close();
    await pass(200_000);
    expect(clock.pending).toBe(0);
  });

  it("brings what was said before the server closed", async () => {
    const { client, server, pass } = createWorld();
    const news: number[] = [];
    client.on("news", (n) => news.push(n));
    await pass();
    for (const n of [1, 2]) void server.emit("news", n);
    void onlySession(server.sessions).emit("news", 3);
    await server.close();
    await pass();
    expect(news).toEqual([1, 2, 3]);
  });

  it("capnweb#58: heals over a new link when asked to, and says so", async () => {
    const world = createWorld();
    const seen = watch(world);
    await world.pass();
    world.client.reconnect();
    await world.pass();
    expect(seen).toEqual(["opened", "resumed"]);
  });

  it("is drained before it closes, as long as it was told", async () => {
    const { client, got, pass } = createWorld();
    await pass();
    for (let n = 1; n <= 10; n++) void client.emit("say", n);
    const closed = fate(client.close({ drainMs: 1_000 }));
    await pass();
    expect([got.length, closed.now]).toEqual([10, "done"]);
  });

  it("tells what a close took away: CLOSED", async () => {
    const { client, network, pass } = createWorld();
    await pass();
    network.refuse();
    network.cut();
    await pass(10);
    const fates = [
      fate(client.emit("say", 1)),
      fate(client.call("echo", "x")),
      fate(client.stream("ticks").next()),
    ];
    void client.close();
    await pass();
    for (const { now } of fates) {
      expect(now).toMatchObject({ code: "CLOSED", inDoubt: false, cause: { code: "CLOSED" } });
    }
  });

  it("tells of what a close took away whether the server may have had it", async () => {
    const { client, got, network, pass } = createWorld();
    await pass();
    network.blackhole();
    const written = [fate(client.emit("say", 1)), fate(client.call("echo", "x"))];
    await pass(10);
    network.cut();
    network.refuse();
    await pass(10);
    const waiting = [fate(client.emit("say", 2)), fate(client.call("echo", "y"))];
    void client.close();
    await pass();
    expect(got).toEqual([]);
    const isInDoubt = written.concat(waiting).map(({ now }) => (now as { inDoubt: boolean }).inDoubt);
    expect(isInDoubt).toEqual([true, true, false, false]);
  });

  it("is asked to move by a server that stops, and loses nothing it can keep", async () => {
    const { client, server, network, got, pass } = createWorld();
    await pass();
    for (let n = 1; n <= 50; n++) void client.emit("say", n);
    const drained = fate(server.drain({ withinMs: 1_000 }));
    await pass(1_200);
    expect([drained.now, got.length, network.totalLinks >= 1]).toEqual(["done", 50, true]);
  });

  it("is asked to move as well when the server finds out who it is only while it stops", async () => {
    let admit = (): void => {};
    const { client, server, pass } = createWorld({
      server: {
        authenticate: () => new Promise((resolve) => (admit = () => resolve({ identity: { id: "ada" } }))),
      },
    });
    const codes: unknown[] = [];
    client.subscribe((state) => codes.push((state as { why?: { code?: number } }).why?.code));
    await pass();
    const drained = fate(server.drain({ withinMs: 10_000 }));
    await pass(1_000);
    admit();
    await pass(6_000);
    // It moved by itself; nobody had to be let go at the end of the time.
    expect([drained.now, codes.includes(4200)]).toEqual(["done", false]);
  });
});
