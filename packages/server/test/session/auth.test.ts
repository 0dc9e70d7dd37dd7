import { describe, expect, it } from "vitest";
import type { Attempt } from "@holdfast/core";
import type { ServerOptions } from "../../src/options.ts";
import { createWorld, fate, onlySession, type User, type World } from "./world.ts";

const byName: ServerOptions<User>["authenticate"] = ({ credential }) =>
  typeof credential === "string" ? { identity: { id: credential } } : null;

describe("a credential", () => {
  it("is asked for at every dial, with the reason, and tells handlers who is here", async () => {
    const asked: unknown[] = [];
    const { client, network, server, pass } = createWorld({
      server: { authenticate: byName },
      client: {
        credential: ({ attempt, why }: { attempt: number; why: { kind: string } }) => {
          asked.push([attempt, why.kind]);
          return Promise.resolve("ada");
        },
      },
    });
    await pass();
    network.cut();
    await pass(300);
    expect(asked).toEqual([
      [1, "asked"],
      [2, "closed"],
    ]);
    expect(onlySession(server.sessions).identity).toEqual({ id: "ada" });
    void client;
  });

  it("may take its time to be looked at: a client that has it is waited for, and asked whether it lives", async () => {
    let known = (): void => {};
    const { client, network, server, pass } = createWorld({
      server: {
        authenticate: () => new Promise((resolve) => (known = () => resolve({ identity: { id: "ada" } }))),
      },
      client: { credential: "ada", dialTimeoutMs: 120_000 },
    });
    await pass(90_000);
    expect([client.state.phase, [...server.sessions]]).toEqual(["greeting", []]);
    known();
    await pass();
    expect([client.state.name, network.totalLinks]).toEqual(["OPEN", 1]);
  });

  it("that is refused stops with UNAUTHORIZED, and reconnect() asks again", async () => {
    let credential: unknown = 7;
    const { client, network, clock, pass } = createWorld({
      server: { authenticate: byName },
      client: { credential: () => credential },
    });
    const said = fate(client.emit("say", 1));
    await pass(60_000);
    expect(client.state).toMatchObject({ name: "CLOSED", code: 4001, cause: { code: "UNAUTHORIZED" } });
    expect(said.now).toMatchObject({ code: "UNAUTHORIZED" });
    expect([network.totalLinks, clock.pending]).toEqual([1, 0]);
    for (const later of [client.call("echo", "later"), client.emit("wave", 1)]) {
      await expect(later).rejects.toMatchObject({
        code: "CLOSED",
        retryable: false,
        cause: { code: "UNAUTHORIZED" },
      });
    }
    credential = "ada";
    client.reconnect();
    await pass();
    expect(client.state.name).toBe("OPEN");
  });

  it.each(["when it comes", "when it is renewed"])(
    "that is called expired %s is asked for again, and the session goes on: nobody is told of a failure",
    async (when) => {
      let good = "one";
      // The second is one that was made a moment before it was taken back.
      const tokens = ["one", "one"];
      const failures: unknown[] = [];
      const world = createWorld({
        server: {
          authenticate: ({ credential }) =>
            credential === good
              ? { identity: { id: "ada" }, expiresAt: world.clock.epochMs() + 10_000 }
              : "expired",
        },
        client: { credential: () => tokens.shift() ?? "two" },
      });
      const { client, server, network, got, pass } = world;
      server.on("failed", (failure) => failures.push(failure));
      await pass();
      const { id } = client.session;
      const seen: unknown[] = [];
      client.subscribe((state) => {
        if (state.phase === "waiting") seen.push((state.why as { code?: number }).code);
      });
      good = "two";
      if (when === "when it comes") network.cut();
      void client.emit("say", 1);
      await pass(11_000);
      expect(seen.at(-1)).toBe(4101);
      expect([client.state.name, client.session.id, got, failures]).toEqual(["OPEN", id, [1], []]);
    },
  );

  it("that leads to nobody is refused as well when the lookup says undefined", async () => {
    const users = new Map([["ada", { id: "ada" }]]);
    const { client, connect, pass } = createWorld({
      server: {
        authenticate: ({ credential }) => {
          const user = users.get(String(credential));
          return user && { identity: user };
        },
      },
      client: { credential: "ada" },
    });
    const nobody = connect({ credential: "bob" });
    await pass();
    expect([client.state.name, nobody.state]).toMatchObject(["OPEN", { code: 4001 }]);
  });

  it("that cannot be checked just now is tried again: a database that blinks logs nobody out", async () => {
    let isDown = true;
    const { client, pass } = createWorld({
      server: {
        authenticate: () => {
          if (isDown) throw new Error("no database");
          return { identity: { id: "ada" } };
        },
      },
    });
    await pass(1_000);
    expect(client.state.name).toBe("CONNECTING");
    isDown = false;
    await pass(5_000);
    expect(client.state.name).toBe("OPEN");
  });

  it("that takes longer to check than any client waits, again and again, is that of a server that is slow, and not of none", async () => {
    let hangs = true;
    const { client, pass } = createWorld({
      server: {
        authenticate: () => (hangs ? new Promise<never>(() => {}) : { identity: { id: "ada" } }),
      },
    });
    await pass(60_000);
    expect(client.state).toMatchObject({ name: "CONNECTING", why: { kind: "timeout", phase: "greeting" } });
    hangs = false;
    await pass(20_000);
    expect(client.state.name).toBe("OPEN");
  });

  it.each([
    {},
    { identity: {} },
    { identity: { id: "ada" }, rooms: 7 },
    { identity: { id: "ada" }, expiresAt: "soon" },
  ])(
    "that authenticate answers with nonsense (%j) is told to the server, and tried again; the process lives",
    async (nonsense) => {
      const failures: unknown[] = [];
      const { client, server, pass } = createWorld({ server: { authenticate: () => nonsense as never } });
      server.on("failed", ({ error }) => failures.push((error as { code?: string }).code));
      await pass(50);
      expect([client.state, failures[0]]).toMatchObject([
        { name: "CONNECTING", why: { code: 4203 } },
        "CONFIG",
      ]);
    },
  );

  it("of a provider that fails is a failed attempt, and tried again", async () => {
    let fails = 2;
    const { client, pass } = createWorld({
      client: {
        credential: () => {
          if (fails-- > 0) throw new Error("no token");
          return "ada";
        },
      },
    });
    await pass(5_000);
    expect(client.state.name).toBe("OPEN");
  });

  it("aspnetcore#5297, graphql-ws#503: is refreshed in session, without dropping the link", async () => {
    const given: string[] = [];
    const world = createWorld({
      server: {
        authenticate: ({ credential }) => ({
          identity: { id: "ada", name: String(credential) },
          expiresAt: world.clock.epochMs() + 100_000,
        }),
      },
      client: {
        credential: () => {
          given.push(`token ${given.length + 1}`);
          return given.at(-1);
        },
      },
    });
    const { client, server, network, pass } = world;
    const states: string[] = [];
    client.subscribe(({ name }) => states.push(name));
    await pass(300_000);
    expect(given.length).toBeGreaterThan(3);
    expect(onlySession(server.sessions).identity.name).toBe(given.at(-1));
    expect([states.filter((name) => name === "OPEN"), network.totalLinks]).toEqual([["OPEN"], 1]);
  });

  it.each(["reconnect", "close"] as const)(
    "whose provider gives up when its link is gone, at a %s, has not failed",
    async (how) => {
      const told: unknown[] = [];
      let asked = 0;
      const world = createWorld({
        server: {
          authenticate: () => ({ identity: { id: "ada" }, expiresAt: world.clock.epochMs() + 10_000 }),
        },
        client: {
          log: { write: ({ level, message }) => level === "error" && told.push(message) },
          credential: ({ signal }: { signal: AbortSignal }) =>
            ++asked !== 2 ||
            new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
        },
      });
      const { client, pass } = world;
      await pass(9_000);
      expect(asked).toBe(2);
      void client[how]();
      await pass();
      expect(told).toEqual([]);
    },
  );

  it("that is renewed for longer than the protocol can say is renewed all the same", async () => {
    let expiresAt: number | undefined;
    const world = createWorld({
      server: { authenticate: () => ({ identity: { id: "ada" }, expiresAt }) },
      client: { credential: "a token" },
    });
    const { client, clock, network, pass } = world;
    expiresAt = clock.epochMs() + 10_000;
    await pass();
    expiresAt = Number.MAX_VALUE;
    await pass(60_000);
    expect([client.state.name, network.totalLinks]).toEqual(["OPEN", 1]);
  });

  it("that expires without a new one ends the link with 4101, and the session waits for the next", async () => {
    let isStuck = true;
    const world = createWorld({
      server: {
        authenticate: () => ({ identity: { id: "ada" }, expiresAt: world.clock.epochMs() + 10_000 }),
      },
      client: {
        credential: ({ why }: { why: { kind: string } }) =>
          why.kind === "asked" && isStuck ? new Promise(() => {}) : "x",
      },
    });
    const { client, pass } = world;
    const seen: unknown[] = [];
    client.session.on("resumed", () => seen.push("resumed"));
    client.subscribe((state) => {
      if (state.phase === "waiting") seen.push((state.why as { code?: number }).code);
    });
    isStuck = false;
    await pass(1_000);
    isStuck = true;
    await pass(9_500);
    expect([client.state.name, seen]).toEqual(["OPEN", [4101, "resumed"]]);
  });

  it.each([
    ["a JWT's exp, which counts seconds", (now: number) => now / 1_000],
    ["the moment it is said", (now: number) => now],
    ["a date that is over", (now: number) => new Date(now - 1)],
  ])(
    "that expires at %s is never served: told to the server, and asked for again with backoff",
    async (_, expiresAt) => {
      const failures: unknown[] = [];
      const dials: number[] = [];
      let isMended = false;
      const world = createWorld({
        server: {
          authenticate: () => ({
            identity: { id: "ada" },
            expiresAt: isMended ? undefined : expiresAt(world.clock.epochMs()),
          }),
        },
        client: { credential: () => dials.push(world.clock.now()) },
      });
      const { client, server, pass } = world;
      server.on("failed", (failure) => failures.push(failure));
      const opened: unknown[] = [];
      server.on("opened", ({ session }) => opened.push(session.id));
      const said = fate(client.emit("say", 1));
      await pass(10);
      expect([client.state, failures]).toMatchObject([
        { name: "CONNECTING", phase: "waiting", why: { code: 4101 } },
        [{ session: undefined, name: "authenticate", error: { code: "CONFIG" } }],
      ]);
      expect(String((failures[0] as { error: unknown }).error)).toContain(
        "expiresAt must be milliseconds since the epoch, in the future, but is ",
      );
      await pass(10_000);
      const waits = dials.slice(1).map((at, n) => at - (dials[n] ?? 0));
      expect([waits, opened]).toEqual([waits.toSorted((a, b) => a - b), []]);
      expect([waits.length, waits.length + 1]).toEqual([6, failures.length]);
      isMended = true;
      await pass(10_000);
      expect([said.now, opened.length]).toEqual(["done", 1]);
    },
  );

  it("that is over when it is renewed ends the link with 4101, told to the server; the session waits for the next", async () => {
    const failures: unknown[] = [];
    const seen: unknown[] = [];
    let asked = 0;
    const world = createWorld({
      server: {
        authenticate: () => ({
          identity: { id: "ada" },
          expiresAt: world.clock.epochMs() + (++asked === 2 ? -1 : 10_000),
        }),
      },
      client: { credential: "a token" },
    });
    const { client, server, pass } = world;
    server.on("failed", ({ error }) => failures.push((error as { code?: string }).code));
    client.session.on("resumed", () => seen.push("resumed"));
    client.subscribe((state) => {
      if (state.phase === "waiting") seen.push((state.why as { code?: number }).code);
    });
    await pass(6_000);
    expect([failures, seen]).toEqual([["CONFIG"], [4101, "resumed"]]);
  });

  it("that expires while it is checked is nobody's mistake: 4101, and another one is asked for", async () => {
    const failures: unknown[] = [];
    let takesMs = 200;
    const world = createWorld({
      server: {
        authenticate: () => {
          const expiresAt = world.clock.epochMs() + 100;
          return new Promise((done) =>
            world.clock.schedule(takesMs, () => done({ identity: { id: "ada" }, expiresAt })),
          );
        },
      },
    });
    const { client, server, pass } = world;
    server.on("failed", (failure) => failures.push(failure));
    await pass(250);
    expect(client.state).toMatchObject({ phase: "waiting", why: { code: 4101 } });
    takesMs = 10;
    await pass(150);
    expect([client.state.name, failures]).toEqual(["OPEN", []]);
  });

  it("that is still being fetched when its link ends is told so by its signal, and not sent", async () => {
    const signals: AbortSignal[] = [];
    const sent: unknown[] = [];
    const world = createWorld({
      server: {
        authenticate: ({ credential }) => {
          sent.push(credential);
          return { identity: { id: "ada" }, expiresAt: world.clock.epochMs() + 10_000 };
        },
      },
      client: {
        credential: ({ signal }: Attempt) => {
          if (signals.push(signal) !== 2) return "greeting";
          return new Promise((done) => world.clock.schedule(5_000, () => done("late")));
        },
      },
    });
    const { network, pass } = world;
    while (signals.length < 2) await pass(100);
    const isOver = (): unknown => signals.slice(0, 2).map(({ aborted }) => aborted);
    expect(isOver()).toEqual([false, false]);
    network.cut();
    await pass(6_000);
    expect(isOver()).toEqual([true, true]);
    expect(sent).not.toContain("late");
  });

  it("of somebody else: nothing that another one said goes out in their name, and whoever waits is told", async () => {
    let name = "ada";
    const world = createWorld({ server: { authenticate: byName }, client: { credential: () => name } });
    const { client, network, pass, got } = world;
    const lost: unknown[] = [];
    client.session.on("lost", (event) => lost.push(event));
    await pass();
    network.blackhole();
    const written = [client.emit("say", 1), client.emit("set", 2), client.call("put", 3)];
    await pass(10);
    network.refuse();
    network.cut();
    await pass(10);
    const waiting = [client.emit("say", 4), client.call("put", 5)];
    name = "bob";
    for (const one of [...written, ...waiting]) one.catch(() => {});
    network.heal();
    await pass(1_000);
    const doubted = await Promise.allSettled(written);
    const fates = await Promise.allSettled(waiting);
    const fate = (inDoubt: boolean): unknown => ({
      status: "rejected",
      reason: expect.objectContaining({ code: "SESSION_LOST", inDoubt }),
    });
    expect(doubted).toEqual([fate(true), fate(true), fate(true)]);
    expect(fates).toEqual([fate(false), fate(false)]);
    expect(lost).toMatchObject([
      { reason: "identity", inDoubt: [{ name: "say" }, { name: "set" }, { name: "put" }] },
    ]);
    void client.emit("say", 6);
    await pass();
    expect(got).toEqual([6]);
  });

  it("is told to the server when a fresh one is refused: its session is parked, with the code and why", async () => {
    let isWelcome = true;
    const world: World = createWorld({
      server: {
        authenticate: () =>
          isWelcome ? { identity: { id: "ada" }, expiresAt: world.clock.epochMs() + 10_000 } : null,
      },
      client: { credential: () => "ada" },
    });
    const { server, pass } = world;
    const parked: unknown[] = [];
    server.on("parked", ({ code, reason }) => parked.push([code, reason]));
    await pass();
    isWelcome = false;
    await pass(6_000);
    expect(parked).toEqual([[4001, "the credential was refused"]]);
  });

  it("of somebody else does not go on with a session: lost, and nothing of it is sent", async () => {
    let name = "ada";
    const world = createWorld({ server: { authenticate: byName }, client: { credential: () => name } });
    const { client, server, network, pass } = world;
    const lost: unknown[] = [];
    client.session.on("lost", (event) => lost.push(event));
    await pass();
    const session = onlySession(server.sessions);
    network.refuse();
    network.cut();
    await pass(10);
    name = "bob";
    void session.emit("news", 1).catch(() => {});
    network.heal();
    await pass(1_000);
    expect(lost).toEqual([{ reason: "identity", inDoubt: [] }]);
    // Ada's goes on waiting for her.
    expect([...server.sessions].map(({ identity, phase }) => [identity.id, phase])).toEqual([
      ["ada", "parked"],
      ["bob", "attached"],
    ]);
  });
});

describe("somebody else who signs in", () => {
  it("says nothing of what was said before, even if the server has forgotten the session", async () => {
    let name = "ada";
    const said: unknown[] = [];
    const { client, network, pass } = createWorld({
      server: { authenticate: byName, limits: { tombstones: 0 } },
      client: { credential: () => name },
      handlers: { say: (n, { identity }) => void said.push([identity.id, n]) },
    });
    const told: unknown[] = [];
    client.session.on("lost", ({ reason }) => told.push(reason));
    await pass();
    network.refuse();
    network.cut();
    await pass();
    const fates = [fate(client.emit("say", 1)), fate(client.emit("say", 2))];
    // As a restart of the server would.
    await pass(130_000);
    name = "bob";
    network.heal();
    await pass(60_000);
    expect([said, told]).toEqual([[], ["identity"]]);
    for (const { now } of fates) expect(now).toMatchObject({ code: "SESSION_LOST", inDoubt: false });
  });

  it("is not the same one with another credential", async () => {
    let token = 1;
    const { client, network, pass, got } = createWorld({
      server: {
        authenticate: () => ({ identity: { id: "ada" } }),
        limits: { tombstones: 0 },
      },
      client: { credential: () => token++ },
    });
    const told: unknown[] = [];
    client.session.on("lost", ({ reason }) => told.push(reason));
    await pass();
    network.refuse();
    network.cut();
    await pass();
    void client.emit("say", 1);
    await pass(130_000);
    network.heal();
    await pass(60_000);
    expect([got, told]).toEqual([[1], ["unknown"]]);
  });
});

describe("sessionsPerIdentity", () => {
  it("ends the oldest without a link, and refuses when all have one", async () => {
    const world = createWorld({
      server: { authenticate: byName, limits: { sessionsPerIdentity: 2 } },
      client: { credential: "ada" },
    });
    const { connect, server, pass } = world;
    await pass();
    const second = connect();
    await pass();
    const third = connect();
    await pass(100);
    expect([second.state.name, third.state]).toMatchObject([
      "OPEN",
      { name: "CONNECTING", why: { code: 4208 } },
    ]);
    const [first] = server.sessions;
    world.network.cut();
    await pass(2_000);
    expect([...server.sessions].length).toBe(2);
    void first;
  });
});

describe("limits.sessions", () => {
  it("ends the one that has waited longest for its client, and refuses when all have links", async () => {
    const { connect, server, network, pass } = createWorld({
      client: { start: "manual" },
      server: { limits: { sessions: 2 } },
    });
    const reasons: string[] = [];
    server.on("closed", ({ session, reason }) => reasons.push(`${session.id} ${reason}`));
    const first = connect({ start: "eager", backoff: { initialMs: 60_000, jitter: "none" } });
    await pass();
    const id = first.session.id as string;
    network.cut();
    await pass();
    const others = [connect({ start: "eager" }), connect({ start: "eager" })];
    await pass(100);
    expect(reasons).toEqual([`${id} expired`]);
    const fourth = connect({ start: "eager" });
    await pass(100);
    expect(others.map(({ state }) => state.name)).toEqual(["OPEN", "OPEN"]);
    expect(fourth.state).toMatchObject({ name: "CONNECTING", why: { code: 4208 } });
    expect([...server.sessions]).toHaveLength(2);
  });
});
