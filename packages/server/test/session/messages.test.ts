import { HoldfastError, type LogEntry } from "@holdfast/core";
import { describe, expect, it } from "vitest";
import { createWorld, fate, onlySession, type World } from "./world.ts";

describe("an event", () => {
  it("reaches its handler once, and its sender is told", async () => {
    const { client, got, pass } = createWorld();
    const said = fate(client.emit("say", 7));
    expect(said.now).toBe("pending");
    await pass();
    expect([got, said.now]).toEqual([[7], "done"]);
  });

  it("said before there is a link waits for one, and keeps its order", async () => {
    const { client, got, pass } = createWorld();
    for (let n = 1; n <= 100; n++) void client.emit("say", n);
    await pass();
    expect(got).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  });

  it("of the server's reaches every listener, until it is undone", async () => {
    const { client, server, pass } = createWorld();
    const heard: number[] = [];
    const undo = client.on("news", (n) => heard.push(n));
    await pass();
    await server.emit("news", 1);
    await pass();
    undo();
    await server.emit("news", 2);
    await pass();
    expect(heard).toEqual([1]);
  });

  it("can be waited for: the next one, or the next that fits", async () => {
    const { client, server, pass } = createWorld();
    const next = fate(client.once("news", (n) => n > 1));
    await pass();
    void server.emit("news", 1);
    void server.emit("news", 2);
    await pass();
    expect(next.now).toBe(2);
  });

  it("that the contract refuses is INVALID_MESSAGE, and nothing is sent", async () => {
    const { client, got, pass } = createWorld();
    const said = fate(client.emit("say", "seven" as never));
    await pass();
    expect(said.now).toMatchObject({ code: "INVALID_MESSAGE" });
    expect(got).toEqual([]);
  });

  it("that the contract does not have is CONFIG, even if every object has it", async () => {
    const { client, pass } = createWorld();
    const fates = ["nothing", "constructor", "__proto__"].map((name) => fate(client.emit(name as "say", 1)));
    await pass();
    for (const { now } of fates) expect(now).toMatchObject({ code: "CONFIG" });
  });

  it("centrifuge-js#393: that fails and that nobody awaits ends no process, but is told to the log", async () => {
    const told: string[] = [];
    const { client, pass } = createWorld({
      client: { log: { write: ({ message }) => told.push(message) } },
    });
    void client.emit("say", "seven" as never);
    void client.close();
    void client.emit("say", 8);
    await pass();
    expect(told.filter((message) => message === "not delivered")).toHaveLength(2);
  });

  it("that is refused at once is told to the log only if nobody awaits it", async () => {
    const told: unknown[] = [];
    const log = { write: ({ message }: LogEntry) => message === "not delivered" && told.push(message) };
    const { client, server, pass } = createWorld({ client: { log }, server: { log } });
    await pass();
    const session = onlySession(server.sessions);
    const { signal } = new AbortController();
    for (const end of [client, session] as { emit(...said: unknown[]): Promise<void> }[]) {
      await expect(end.emit("no such event")).rejects.toMatchObject({ code: "CONFIG" });
      await end.emit("no such event", 1, { signal }).catch(() => {});
      end.emit("no such event").catch(() => {});
      try {
        await end.emit("no such event");
      } catch {
        // Heard.
      }
      await pass();
      expect(told.splice(0)).toEqual([]);
      void end.emit("no such event");
      await pass();
      expect(told.splice(0)).toEqual(["not delivered"]);
    }
  });

  it("that fills the outbox in a loop fills no log: twenty are told, until something is delivered again", async () => {
    const told: unknown[] = [];
    const { client, pass } = createWorld({
      client: {
        outbox: { maxBytes: 1_000 },
        log: { write: ({ message, details }) => message === "not delivered" && told.push(details) },
      },
    });
    await pass();
    for (let n = 0; n < 1_000; n++) void client.emit("say", n);
    await pass();
    expect(told).toHaveLength(20);
    expect(told[0]).toMatchObject({ name: "say", error: { code: "OUTBOX_FULL" } });
    void client.emit("say", "seven" as never);
    await pass();
    expect(told[20]).toMatchObject({ name: "say", error: { code: "INVALID_MESSAGE" } });
  });

  it("is taken back by its signal if it was never written, and goes on if it was", async () => {
    const { client, got, network, pass } = createWorld();
    await pass();
    const written = new AbortController();
    const first = fate(client.emit("say", 1, { signal: written.signal }));
    await Promise.resolve();
    written.abort("no time");
    network.refuse();
    network.cut();
    await pass(10);
    const unwritten = new AbortController();
    const second = fate(client.emit("say", 2, { signal: unwritten.signal }));
    unwritten.abort("no time either");
    network.heal();
    await pass(2_000);
    expect([first.now, second.now, got]).toEqual(["no time", "no time either", [1]]);
  });

  it("runs its handler after the one before has begun, and overlaps only if that takes its time", async () => {
    const log: string[] = [];
    const { client, clock, pass } = createWorld({
      handlers: {
        say: (n) => {
          log.push(`begin ${n}`);
          return new Promise((resolve) =>
            clock.schedule(10, () => {
              log.push(`end ${n}`);
              resolve();
            }),
          );
        },
      },
    });
    void client.emit("say", 1);
    void client.emit("say", 2);
    await pass();
    expect(log).toEqual(["begin 1", "begin 2", "end 1", "end 2"]);
  });
});

describe("a volatile event", () => {
  it("arrives when the link is idle, and is dropped while it is down", async () => {
    const { client, server, got, network, pass } = createWorld();
    const blinks: number[] = [];
    client.on("blink", (n) => blinks.push(n));
    await pass();
    void client.emit("wave", 1);
    void server.emit("blink", 1);
    await pass();
    network.cut();
    void client.emit("wave", 2);
    void server.emit("blink", 2);
    await pass(1_000);
    expect([got, blinks]).toEqual([[1], [1]]);
  });

  it("keeps its place among events that were not written yet", async () => {
    const { client, server, got, pass } = createWorld();
    const heard: number[] = [];
    client.on("news", (n) => heard.push(n));
    client.on("blink", (n) => heard.push(n));
    await pass();
    for (const [name, n] of [
      ["say", 1],
      ["wave", 2],
      ["say", 3],
    ] as const)
      void client.emit(name, n);
    for (const [name, n] of [
      ["news", 1],
      ["blink", 2],
      ["news", 3],
    ] as const)
      void server.emit(name, n);
    await pass();
    expect([got, heard]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it("socketio/socket.io#5539: does not count: the position of a resume is what it was", async () => {
    const { client, server, network, pass } = createWorld();
    const news: number[] = [];
    client.on("news", (n) => news.push(n));
    await pass();
    void server.emit("news", 1);
    void server.emit("blink", 1);
    void server.emit("news", 2);
    await pass();
    network.cut();
    void server.emit("news", 3);
    await pass(1_000);
    expect(news).toEqual([1, 2, 3]);
  });
});

describe("a call", () => {
  it("is answered, in both directions", async () => {
    const { client, server, pass } = createWorld({ client: { handlers: { locate: () => "here" } } });
    const echo = fate(client.call("echo", "hi"));
    await pass();
    const located = fate(onlySession(server.sessions).call("locate"));
    await pass();
    expect([echo.now, located.now]).toEqual(["hi", "here"]);
  });

  it("carries what its codecs make of it: a Date arrives as a Date, both ways", async () => {
    const { client, pass } = createWorld();
    const later = fate(client.call("later", new Date(5)));
    await pass();
    expect(later.now).toEqual(new Date(6));
  });

  it("that fails and that nobody awaits ends no process", async () => {
    const seen: unknown[] = [];
    const hear = (reason: unknown): void => void seen.push(reason);
    process.on("unhandledRejection", hear);
    const { client, server, pass } = createWorld();
    await pass();
    void client.call("echo", 5 as never);
    void client.tryCall("echo", 5 as never);
    void onlySession(server.sessions).tryCall("locate");
    await pass();
    void client.close();
    void client.tryCall("echo", "late");
    await pass();
    // A rejection that nobody handles is told in a task of its own.
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", hear);
    expect(seen).toEqual([]);
  });

  it("fails with the contract's own errors, typed by tryCall and thrown by call", async () => {
    const { client, pass } = createWorld({
      handlers: {
        join(room, { fail }) {
          if (room === "broken") throw new Error("oops");
          if (room === "shut") fail("SHUT");
          if (room === "full") fail("FULL", { limit: 3 });
        },
      },
    });
    const tried = fate(client.tryCall("join", "full"));
    const shut = fate(client.tryCall("join", "shut"));
    const fine = fate(client.tryCall("join", "open"));
    const thrown = fate(client.call("join", "full"));
    const others = fate(client.tryCall("join", "broken"));
    await pass();
    expect(tried.now).toEqual({ ok: false, error: { code: "FULL", data: { limit: 3 } } });
    expect(shut.now).toEqual({ ok: false, error: { code: "SHUT", data: undefined } });
    expect(fine.now).toEqual({ ok: true, output: undefined });
    expect(HoldfastError.is(thrown.now, "REMOTE") && thrown.now.remote).toMatchObject({
      code: "FULL",
      data: { limit: 3 },
    });
    // Of what the contract does not name nobody has to think who looks at `ok`.
    expect(others.now).toMatchObject({ code: "REMOTE", remote: { code: "INTERNAL" } });
  });

  it("whose handler throws is INTERNAL, without a word of why, and is told to the server", async () => {
    const failures: unknown[] = [];
    const { client, server, pass } = createWorld({
      handlers: {
        echo: () => {
          throw new Error("the password is 1234");
        },
      },
    });
    server.on("failed", ({ name, error }) => failures.push([name, (error as Error).message]));
    const echo = fate(client.call("echo", "hi"));
    await pass();
    expect(echo.now).toMatchObject({ code: "REMOTE", remote: { code: "INTERNAL" } });
    expect(JSON.stringify(echo.now)).not.toContain("1234");
    expect(failures).toEqual([["echo", "the password is 1234"]]);
  });

  it("whose handler answers what the contract refuses is INTERNAL too", async () => {
    const { client, pass } = createWorld({ handlers: { echo: () => 7 as never } });
    const echo = fate(client.call("echo", "hi"));
    await pass();
    expect(echo.now).toMatchObject({ remote: { code: "INTERNAL" } });
  });

  it("that nobody handles is NO_HANDLER", async () => {
    const { server, pass } = createWorld();
    await pass();
    const located = fate(onlySession(server.sessions).call("locate"));
    await pass();
    expect(located.now).toMatchObject({ code: "REMOTE", remote: { code: "NO_HANDLER" } });
  });

  it("that is aborted tells the handler's signal, and its answer is nobody's", async () => {
    const signals: AbortSignal[] = [];
    let answer: (text: string) => void = () => {};
    const { client, pass } = createWorld({
      handlers: {
        echo: (_, { signal }) => {
          signals.push(signal);
          return new Promise((resolve) => (answer = resolve));
        },
      },
    });
    await pass();
    const controller = new AbortController();
    const echo = fate(client.call("echo", "hi", { signal: controller.signal }));
    await pass();
    controller.abort("enough");
    await pass();
    expect([echo.now, signals[0]?.aborted]).toEqual(["enough", true]);
    answer("late");
    await pass();
    expect(echo.now).toBe("enough");
  });

  it("that takes too long is TIMEOUT, and does not run later if it was never written", async () => {
    const { client, network, got, pass } = createWorld();
    await pass();
    network.refuse();
    network.cut();
    await pass(10);
    const put = fate(client.call("put", 7, { timeoutMs: 1_000 }));
    await pass(1_000);
    expect(put.now).toMatchObject({ code: "TIMEOUT" });
    network.heal();
    await pass(5_000);
    expect(got).toEqual([]);
  });

  it("beyond callsInFlight waits for a slot: of all that an outage held back none is refused, and all is in order", async () => {
    const taken: string[] = [];
    const { client, clock, network, pass } = createWorld({
      handlers: {
        say: (n) => void taken.push(`event ${n}`),
        echo: (text) => {
          taken.push(text);
          return new Promise((resolve) => clock.schedule(50, () => resolve(text)));
        },
      },
    });
    await pass();
    network.refuse();
    network.cut();
    await pass(10);
    const calls = Array.from({ length: 300 }, (_, n) => {
      if (n % 100 === 99) void client.emit("say", n);
      return client.call("echo", String(n));
    });
    network.heal();
    await pass(2_000);
    expect(await Promise.all(calls)).toEqual(calls.map((_, n) => String(n)));
    const order = calls.flatMap((_, n) => (n % 100 === 99 ? [`event ${n}`, String(n)] : [String(n)]));
    expect(taken).toEqual(order);
  });

  it("beyond callsInFlight waits a second for a slot, then it is BUSY, as are those behind it; and the log is told once", async () => {
    const logged: unknown[] = [];
    const { client, got, server, pass } = createWorld({
      handlers: {
        echo: (_, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", reject)),
      },
      server: { limits: { callsInFlight: 2 }, log: { write: (entry) => logged.push(entry) } },
    });
    const giveUp = new AbortController();
    void client.call("echo", "a", { signal: giveUp.signal }).catch(() => {});
    const fates = ["b", "c", "d"].map((text) => fate(client.call("echo", text)));
    void client.emit("say", 1);
    await pass(900);
    expect([fates.map(({ now }) => now), got]).toEqual([["pending", "pending", "pending"], []]);
    await pass(200);
    const busy = { code: "REMOTE", retryable: true, remote: { code: "BUSY" } };
    expect([fates.map(({ now }) => now), got]).toMatchObject([["pending", busy, busy], [1]]);
    const message = "limits.callsInFlight is reached: more is answered BUSY until handlers end";
    const details = { session: onlySession(server.sessions).id, callsInFlight: 2 };
    expect(logged).toEqual([{ level: "warn", message, details }]);
    // Who has waited in vain is not kept waiting again, until there was a slot.
    const next = fate(client.call("echo", "e"));
    await pass(100);
    expect(next.now).toMatchObject(busy);
    giveUp.abort();
    await pass(100);
    const [first, second] = ["f", "g"].map((text) => fate(client.call("echo", text)));
    await pass(900);
    expect([first?.now, second?.now]).toEqual(["pending", "pending"]);
    await pass(200);
    expect([first?.now, second?.now]).toMatchObject(["pending", busy]);
  });

  it("that waits for a slot has it as soon as the answer that held it finds room, and not with the next ack", async () => {
    const taken: [string, number][] = [];
    const world: World = createWorld({
      handlers: {
        echo(text) {
          taken.push([text, world.clock.now()]);
          return "x".repeat(300);
        },
      },
      server: { limits: { callsInFlight: 1, outboxBytes: 400 } },
    });
    const { client, clock, server, pass } = world;
    await pass(1_000);
    const session = onlySession(server.sessions);
    while (session.bufferedBytes < 375) void session.emit("news", 1);
    const since = clock.now();
    const calls = ["a", "b"].map((text) => client.call("echo", text));
    await pass(20);
    // What waits for room is held as well.
    expect(session.bufferedBytes).toBeGreaterThan(375 + 300);
    // A client acks after 100 ms: then there is room for the first answer.
    await pass(500);
    expect(taken.map(([text, at]) => [text, at - since < 150])).toEqual([
      ["a", true],
      ["b", true],
    ]);
    await Promise.all(calls);
  });

  it("beyond callsInFlight waits a second of its own, whatever goes on meanwhile, and nothing waits for a session that is over", async () => {
    const world: World = createWorld({
      handlers: {
        echo: (text) =>
          new Promise((resolve) => world.clock.schedule(text === "a" ? 900 : 9_000, () => resolve(text))),
      },
      server: { limits: { callsInFlight: 1 } },
    });
    const { client, clock, server, pass } = world;
    await pass();
    const session = onlySession(server.sessions);
    const fates = ["a", "b", "c"].map((text) => fate(client.call("echo", text)));
    // It is served all the time.
    for (let ms = 0; ms < 2_100; ms += 100) clock.schedule(ms, () => void session.emit("news", ms));
    await pass(1_500);
    // "b" had the slot of "a" in time, and since then "c" is next.
    expect(fates.map(({ now }) => now)).toEqual(["a", "pending", "pending"]);
    await pass(600);
    expect(fates.map(({ now }) => now)).toMatchObject(["a", "pending", { remote: { code: "BUSY" } }]);
    void client.call("echo", "d").catch(() => {});
    await pass(9_000);
    // "e" runs, "f" waits.
    for (const text of ["e", "f"]) void client.call("echo", text).catch(() => {});
    await pass(100);
    await Promise.all([client.close(), server.close(), pass(50)]);
    // The handler of "e".
    expect(clock.pending).toBe(1);
  });

  it("beyond callsInFlight is told to the log again when half of the slots were free meanwhile", async () => {
    const logged: string[] = [];
    const world: World = createWorld({
      handlers: {
        echo: (text) => new Promise((resolve) => world.clock.schedule(2_000, () => resolve(text))),
      },
      server: { limits: { callsInFlight: 2 }, log: { write: ({ message }) => logged.push(message) } },
    });
    const { client, pass } = world;
    await pass();
    for (const times of [1, 2]) {
      for (const text of ["a", "b", "c", "d"]) void client.call("echo", text).catch(() => {});
      await pass(3_000);
      expect(logged).toHaveLength(times);
    }
  });

  it("beyond callsInFlight that is never refused, but holds up what is behind it for seconds, is told to the log once", async () => {
    const logged: [string, number][] = [];
    const world: World = createWorld({
      handlers: {
        echo: (text) => new Promise((resolve) => world.clock.schedule(900, () => resolve(text))),
      },
      server: {
        limits: { callsInFlight: 1 },
        log: { write: ({ message }) => logged.push([message, world.clock.now() - since]) },
      },
    });
    const { client, clock, pass } = world;
    let since = 0;
    await pass();
    // Five of them wait for less than five seconds in all, and after a moment without any the time is counted anew.
    for (const times of [6, 6, 20]) {
      since = clock.now();
      const calls = Array.from({ length: times }, () => client.call("echo", "a"));
      await pass(20_000);
      await Promise.all(calls);
    }
    expect(logged).toEqual([[expect.stringContaining("callsInFlight"), expect.closeTo(5_400, -2)]]);
  });

  it("and as many streams as may be, of which the handlers ignore that nobody wants them: BUSY, and told", async () => {
    const logged: unknown[] = [];
    const { client, server, pass } = createWorld({
      handlers: {
        count: async function* () {
          yield await new Promise<number>(() => {});
        },
      },
      server: { limits: { streams: 2 }, log: { write: (entry) => logged.push(entry) } },
    });
    for (let n = 1; n <= 2; n++) {
      const items = client.stream("count", n);
      void items.next();
      await pass();
      void items.return?.();
      await pass();
    }
    expect(fate(client.stream("count", 3).next()).now).toBe("pending");
    await pass();
    const message = "limits.streams is reached: more is answered BUSY until handlers end";
    const details = { session: onlySession(server.sessions).id, streams: 2 };
    expect(logged).toEqual([{ level: "warn", message, details }]);
  });

  it.each([1, 0])("and of streams, %d of each: the log is told of both limits, each once", async (most) => {
    const logged: string[] = [];
    const { client, pass } = createWorld({
      handlers: { echo: () => new Promise(() => {}) },
      server: {
        limits: { callsInFlight: most, streams: most },
        log: { write: ({ message }) => logged.push(message) },
      },
    });
    const open: unknown[] = [];
    const next = async (): Promise<void> => {
      open.push(fate(client.stream("ticks").next()), fate(client.call("echo", "a")));
      await pass(1_200);
    };
    for (let n = 0; n < 5; n++) await next();
    expect(logged).toEqual([
      "limits.streams is reached: more is answered BUSY until handlers end",
      "limits.callsInFlight is reached: more is answered BUSY until handlers end",
    ]);
  });
});
