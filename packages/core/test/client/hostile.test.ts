import { describe, expect, it } from "vitest";
import * as z from "zod";
import { codeOf, createWorld, url } from "./world.ts";

const exact = { backoff: { jitter: "none", initialMs: 100 } } as const;

/** What the process would have died of while `act` ran. */
async function unhandled(act: () => Promise<void>): Promise<unknown[]> {
  const seen: unknown[] = [];
  const hear = (reason: unknown): void => void seen.push(reason);
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", hear);
  await act();
  // Node tells of them after a turn of the loop.
  await new Promise((resolve) => setImmediate(resolve));
  process.removeAllListeners("unhandledRejection");
  for (const other of others) process.on("unhandledRejection", other);
  return seen;
}

describe("nothing reaches the process that the program did not do", () => {
  it("a message on which a codec throws", async () => {
    const incoming = z.codec(z.string(), z.bigint(), { decode: (text) => BigInt(text), encode: String });
    const world = createWorld();
    const connection = world.connect(url, { messages: { incoming } });
    const errors: unknown[] = [];
    connection.on("invalid", ({ error }) => errors.push((error as Error).name));
    world.transport.last.open();
    expect(await unhandled(async () => world.transport.last.receive('"abc"'))).toEqual([]);
    expect(errors).toEqual(["SyntaxError"]);
  });

  it("one provider that rejects after another has thrown", async () => {
    const { connect, clock } = createWorld();
    const seen = await unhandled(async () => {
      connect(async () => Promise.reject(new Error("later")), {
        ...exact,
        headers: () => {
          throw new Error("first");
        },
      });
      await clock.settle();
    });
    expect(seen).toEqual([]);
  });

  it("a wait that nobody awaits", async () => {
    const { connect } = createWorld();
    const seen = await unhandled(async () => {
      const connection = connect(url);
      void connection.opened();
      void connection.once("message");
      void connection.messages();
      await connection.close();
    });
    expect(seen).toEqual([]);
  });
});

describe("a greeting", () => {
  it("that is flooded fails the attempt instead of losing anything", async () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, { ...exact, greet: () => new Promise(() => {}) });
    transport.last.open();
    await clock.settle();
    const { last } = transport;
    for (let i = 0; i < 1_024; i++) last.receive(`${i}`);
    await clock.settle();
    expect(connection.state).toMatchObject({ phase: "greeting" });
    last.receive("one more");
    expect(connection.state).toMatchObject({ phase: "waiting", why: { error: { code: "INBOX_FULL" } } });
  });

  it("keeps everything that came meanwhile in order, bytes and refused messages too", async () => {
    const { connect, transport, clock } = createWorld();
    const seen: unknown[] = [];
    const incoming = z.string();
    const connection = connect(url, {
      messages: { incoming },
      greet: async (link) => void (await link.next()),
    });
    connection.on("opened", () => seen.push("opened"));
    connection.on("message", (message) => seen.push(message));
    connection.on("binary", (bytes) => seen.push(bytes));
    connection.on("invalid", ({ raw }) => seen.push(raw));
    transport.last.open();
    await clock.settle();
    transport.last.receive(new Uint8Array([1]));
    transport.last.receive("5");
    transport.last.receive('"welcome"');
    transport.last.receive('"news"');
    await clock.settle();
    expect(seen).toEqual(["opened", new Uint8Array([1]), "5", "news"]);
  });

  it("is told with our own codes what cannot be sent", async () => {
    const { connect, transport, clock } = createWorld();
    const codes: string[] = [];
    connect(url, {
      ...exact,
      greet: async (link) => {
        codes.push(codeOf(() => link.send("poison")));
        await new Promise<void>((resolve) => link.signal.addEventListener("abort", () => resolve()));
        codes.push(codeOf(() => link.send("late")));
      },
    });
    transport.last.poison = (data) => data === "poison";
    transport.last.open();
    await clock.settle();
    transport.last.cut();
    await clock.settle();
    expect(codes).toEqual(["INVALID_MESSAGE: the socket refused it", "CLOSED: the connection has ended"]);
  });
});

describe("advice", () => {
  it("of one kind is heard when the other throws", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url, {
      verdict: () => "stop",
      backoff: () => {
        throw new Error("oops");
      },
    });
    transport.last.fail();
    expect(connection.state.phase).toBe("ended");
  });

  it("that makes no sense is none, and is reported", () => {
    const { connect, transport, log } = createWorld();
    const connection = connect(url, { verdict: () => "maybe" as never });
    transport.last.open();
    transport.last.close(4003);
    expect(connection.state.phase).toBe("ended");
    expect(log.find(({ message }) => message === "verdict threw")?.details["error"]).toMatchObject({
      message: expect.stringContaining('what verdict returns must be retry or stop, but is "maybe"'),
    });
  });

  it("a ping that throws is reported, and does not kill a link that may be well", () => {
    const { connect, transport, clock, log } = createWorld({ hasPing: false });
    const connection = connect(url, {
      heartbeat: {
        intervalMs: 1_000,
        timeoutMs: 500,
        ping: () => {
          throw new Error("oops");
        },
      },
    });
    transport.last.open();
    clock.advance(10_000);
    expect(connection.state.name).toBe("OPEN");
    expect(log.some(({ message }) => message === "ping threw")).toBe(true);
  });
});

describe("hints that lie", () => {
  it("an `offline` is forgotten when a socket opens, or the user asks for one", () => {
    const { connect, transport, clock, notice } = createWorld();
    const connection = connect(url, exact);
    notice("offline");
    transport.last.open();
    transport.last.cut();
    expect(connection.state.phase).toBe("waiting");
    notice("offline");
    void connection.close();
    connection.reconnect();
    transport.last.fail();
    expect(connection.state.phase).toBe("waiting");
    clock.advance(100);
    expect(connection.state.phase).toBe("dialing");
  });

  it("an `offline` never shortens a wait", () => {
    const { connect, transport, clock, notice } = createWorld();
    const connection = connect(url, { backoff: () => 600_000 });
    transport.last.fail();
    notice("offline");
    clock.advance(599_000);
    expect(connection.state.phase).toBe("offline");
    clock.advance(1_000);
    expect(connection.state.phase).toBe("dialing");
  });
});

describe("long times", () => {
  it("a wait longer than a timer can be ends when it should", () => {
    const { connect, transport, clock } = createWorld();
    const days = 40 * 86_400_000;
    const connection = connect(url, { backoff: () => days });
    transport.last.fail();
    clock.advance(days - 1);
    expect(connection.state.phase).toBe("waiting");
    clock.advance(1);
    expect(connection.state.phase).toBe("dialing");
  });
});
