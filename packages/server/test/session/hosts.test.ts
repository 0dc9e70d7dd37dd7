import { describe, expect, it } from "vitest";
import { createWorld, fate, onlySession } from "./world.ts";

type World = ReturnType<typeof createWorld>;

/** The session is ended under its client, which is told `lost` when it comes back. */
async function loseSession({ server, network, pass }: World): Promise<void> {
  network.refuse();
  network.cut();
  await pass(10);
  for (const session of server.sessions) session.close();
  network.heal();
  await pass(1_000);
}

describe("what a program does wrong costs it that, and nobody else anything:", () => {
  it("fail() with data that JSON cannot say is INTERNAL, at once, and holds no slot", async () => {
    const failures: string[] = [];
    const { client, server, pass } = createWorld({
      handlers: { join: (_, { fail }) => fail("ODD", 1n) },
      server: { limits: { callsInFlight: 1 } },
    });
    server.on("failed", ({ name }) => failures.push(name));
    for (let call = 1; call <= 3; call++) {
      const joined = fate(client.call("join", "x"));
      await pass();
      expect(joined.now).toMatchObject({ code: "REMOTE", remote: { code: "INTERNAL" } });
    }
    expect(failures).toEqual(["join", "join", "join"]);
  });

  it("onGap that throws ends its stream with what it threw", async () => {
    const { client, pass } = createWorld({
      handlers: {
        *count(_, { gap }) {
          gap();
          yield 1;
        },
      },
    });
    const oops = new Error("oops");
    const stream = client.stream("count", 1, {
      onGap: () => {
        throw oops;
      },
    });
    const first = fate(stream.next());
    const echo = fate(client.call("echo", "hi"));
    await pass();
    expect([first.now, echo.now]).toEqual([oops, "hi"]);
  });

  it("onReopen that throws ends its stream, and what waited behind it goes out", async () => {
    const world = createWorld({
      handlers: {
        async *count(_, { signal }) {
          yield 1;
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
        },
      },
    });
    const { client, network, got, pass } = world;
    const oops = new Error("oops");
    const stream = client.stream("count", 9, {
      onReopen: () => {
        throw oops;
      },
    });
    void stream.next();
    await pass();
    const second = fate(stream.next());
    network.refuse();
    network.cut();
    await pass(10);
    const said = fate(client.emit("say", 7));
    await loseSession(world);
    expect([second.now, said.now, got]).toEqual([oops, "done", [7]]);
  });

  it("what onReopen says goes out behind what waited", async () => {
    const world = createWorld();
    const { client, network, got, pass } = world;
    await pass();
    const numbers = client.stream("count", 1_000_000, {
      credit: 4,
      onReopen: () => void client.emit("say", 99),
    });
    void numbers.next();
    await pass();
    network.refuse();
    network.cut();
    await pass(10);
    for (const n of [1, 2]) void client.emit("say", n);
    await loseSession(world);
    expect(got).toEqual([1, 2, 99]);
  });

  it("a thenable that throws costs no place among handlersInFlight", async () => {
    const begun: number[] = [];
    const thenable = {
      // oxlint-disable-next-line unicorn/no-thenable -- that is what a program may return
      then() {
        throw new Error("oops");
      },
    };
    const { client, pass } = createWorld({
      server: { limits: { handlersInFlight: 1 } },
      handlers: {
        say(n) {
          begun.push(n);
          return thenable;
        },
      },
    });
    await pass();
    for (const n of [1, 2]) void client.emit("say", n);
    await pass();
    expect(begun).toEqual([1, 2]);
  });

  it("a cursor that the protocol cannot say ends its stream with CONFIG, and nothing else", async () => {
    const { client, pass } = createWorld({
      handlers: {
        *count() {
          yield 0.5;
        },
      },
    });
    const first = fate(client.stream("count", 1).next());
    await pass();
    expect([first.now, client.state.name]).toMatchObject([{ code: "CONFIG" }, "OPEN"]);
  });

  it.each([0, 2.5, Infinity, NaN])("a credit of %d is CONFIG", (credit) => {
    const { client } = createWorld();
    expect(() => client.stream("count", 1, { credit })).toThrow("CONFIG: credit must be whole, from 1");
  });

  it("a room that is told nonsense, and an async listener that rejects, end no process", async () => {
    const told: string[] = [];
    const log = { write: ({ message }: { message: string }) => void told.push(message) };
    const { client, server, pass } = createWorld({ server: { log }, client: { log } });
    server.on("opened", async () => Promise.reject(new Error("oops")));
    client.on("news", async () => Promise.reject(new Error("oops")));
    await pass();
    void server.emit("news", "seven" as never);
    void server.emit("news", 7);
    await pass();
    const bad = told.filter((message) => /threw|not delivered/.test(message));
    expect(bad).toEqual(["a listener for opened threw", "not delivered", "a listener for news threw"]);
  });

  it("a late handler of a lost session does not touch the asks of the next one", async () => {
    const ends: (() => void)[] = [];
    const world = createWorld({
      client: {
        handlers: {
          async *log() {
            yield "a";
            await new Promise<void>((resolve) => ends.push(resolve));
            for (let i = 0; i < 50; i++) yield String(i);
          },
        },
      },
    });
    await world.pass();
    void onlySession(world.server.sessions).stream("log").next();
    await world.pass();
    await loseSession(world);
    const items: string[] = [];
    void (async () => {
      for await (const item of onlySession(world.server.sessions).stream("log", undefined, { credit: 4 }))
        items.push(item);
    })();
    await world.pass();
    // The old one first: the new one has to hear its credit all the same.
    for (const end of ends) {
      end();
      await world.pass();
    }
    expect(items).toHaveLength(51);
  });

  it("handlers that ask back are answered, however many run", async () => {
    const world = createWorld({
      server: { limits: { handlersInFlight: 4 } },
      client: { handlers: { ask: (n) => n } },
      handlers: {
        say: async (n, { session }) => {
          world.got.push(await session.call("ask", n));
        },
      },
    });
    await world.pass();
    for (let n = 1; n <= 4; n++) void world.client.emit("say", n);
    await world.pass(100);
    expect(world.got).toEqual([1, 2, 3, 4]);
  });

  it("session.close() with what no close frame can carry is CONFIG, and the session goes on", async () => {
    const { client, server, pass } = createWorld();
    await pass();
    const session = onlySession(server.sessions);
    for (const code of [1001, 3_999, 4_100, 4_000.5, Number.NaN]) {
      expect(() => session.close(code)).toThrow(`CONFIG: code must be 1000 or 4000 to 4099, but is ${code}`);
    }
    expect(() => session.close(1000, "ä".repeat(62))).toThrow("CONFIG: reason must be at most 123 bytes");
    expect(() => session.close(1000, 7 as never)).toThrow("CONFIG: reason must be a string");
    const echo = fate(client.call("echo", "hi"));
    await pass();
    expect([session.phase, echo.now]).toEqual(["attached", "hi"]);
  });

  it("the handler of an event that throws is told to the server, and what is behind it is heard", async () => {
    const failed: unknown[] = [];
    const said: number[] = [];
    const { client, server, pass } = createWorld({
      handlers: {
        say(n) {
          if (n === 1) throw new Error("oops");
          said.push(n);
        },
      },
    });
    server.on("failed", ({ name, error }) => failed.push([name, (error as Error).message]));
    for (const n of [1, 2]) void client.emit("say", n);
    await pass();
    expect([failed, said]).toEqual([[["say", "oops"]], [2]]);
  });

  it("what is said to a session that is over is CLOSED, and it is parked by nothing", async () => {
    const parked: unknown[] = [];
    const { server, pass } = createWorld();
    server.on("parked", ({ code }) => parked.push(code));
    await pass();
    const session = onlySession(server.sessions);
    session.close(4003);
    const fates = [
      fate(session.emit("news", 1)),
      fate(session.call("locate")),
      fate(session.stream("log").next()),
    ];
    await pass();
    for (const { now } of fates) expect(now).toMatchObject({ code: "CLOSED" });
    expect(parked).toEqual([]);
  });

  it("session.close() in a handler runs nothing of what is behind it", async () => {
    const log: string[] = [];
    const { client, pass } = createWorld({
      handlers: {
        say: (n, { session }) => {
          log.push(`begin ${n}`);
          if (n === 1) session.close(4003, "kicked");
          log.push(`end ${n}`);
        },
      },
    });
    await pass();
    for (let n = 1; n <= 3; n++) void client.emit("say", n);
    await pass();
    expect(log).toEqual(["begin 1", "end 1"]);
  });
});

describe("drained()", () => {
  it("is told when a lost session leaves nothing to wait for", async () => {
    const world = createWorld();
    const { client, network, pass } = world;
    await pass();
    void client.emit("say", 1);
    await pass(2);
    // Handed over, and the ack does not come back.
    network.vanish();
    network.refuse();
    await pass(10);
    const drained = fate(client.drained());
    await loseSession(world);
    expect([drained.now, client.bufferedBytes]).toEqual(["done", 0]);
  });

  it("resolves at once when nothing waits, and is over with the client", async () => {
    const { client, network, pass } = createWorld();
    await pass();
    await client.drained();
    network.refuse();
    network.cut();
    await pass(10);
    client.emit("say", 1).catch(() => {});
    const before = fate(client.drained());
    void client.close();
    await pass(4_000);
    const after = fate(client.drained());
    await pass();
    for (const { now } of [before, after]) expect(now).toMatchObject({ code: "CLOSED" });
  });

  it("is told when what waited is taken back", async () => {
    const { client, network, pass } = createWorld();
    await pass();
    network.refuse();
    network.cut();
    await pass(10);
    const controller = new AbortController();
    void client.emit("say", 1, { signal: controller.signal }).catch(() => {});
    const drained = fate(client.drained());
    controller.abort();
    await pass();
    expect(drained.now).toBe("done");
  });
});
