import { describe, expect, it } from "vitest";
import type { GreetingLink } from "../../src/index.ts";
import { createWorld, url } from "./world.ts";

const exact = { backoff: { jitter: "none", initialMs: 100 } } as const;

describe("greet", () => {
  it("speaks after every open and before the outbox", async () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, {
      ...exact,
      greet: async (link) => {
        link.send("token");
        await link.next((text) => text === "welcome");
      },
    });
    connection.send("waits");
    for (let i = 0; i < 2; i++) {
      transport.last.open();
      await clock.settle();
      expect(connection.state).toMatchObject({ name: "CONNECTING", phase: "greeting" });
      expect(transport.last.sent).toEqual(["token"]);
      transport.last.receive("welcome");
      await clock.settle();
      expect(connection.state.name).toBe("OPEN");
      connection.send("more");
      expect(transport.last.sent).toEqual(i ? ["token", "more"] : ["token", "waits", "more"]);
      transport.last.cut();
      await clock.advanceAsync(1_000);
    }
  });

  it("delivers what it did not ask for once the connection is open, in order", async () => {
    const { connect, transport, clock } = createWorld();
    const seen: string[] = [];
    const connection = connect(url, {
      greet: async (link) => {
        await link.next((text) => text === "welcome");
        await link.next((text) => text === "early");
      },
    });
    connection.on("opened", () => seen.push("opened"));
    connection.on("message", (text) => seen.push(text));
    transport.last.open();
    await clock.settle();
    for (const text of ["news", "early", "welcome", "more"]) transport.last.receive(text);
    await clock.settle();
    expect(seen).toEqual(["opened", "news", "more"]);
    transport.last.receive("later");
    expect(seen).toEqual(["opened", "news", "more", "later"]);
  });

  it.each([
    ["rejects", () => Promise.reject(new Error("refused"))],
    [
      "throws",
      () => {
        throw new Error("refused");
      },
    ],
  ])("that %s fails the attempt", async (_, greet) => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, { ...exact, greet });
    transport.last.open();
    await clock.settle();
    expect(connection.state).toMatchObject({ phase: "waiting", attempt: 2 });
    expect(transport.last.terminated).toBe(true);
  });

  it("that hangs is ended by dialTimeoutMs; one that outlives its link cannot speak on the next", async () => {
    const { connect, transport, clock } = createWorld();
    const links: GreetingLink<string, string>[] = [];
    const connection = connect(url, {
      ...exact,
      dialTimeoutMs: 1_000,
      greet: (link) => (links.push(link), new Promise(() => {})),
    });
    transport.last.open();
    await clock.settle();
    const unheard = links[0]?.next();
    await clock.advanceAsync(1_100);
    expect(connection.state).toMatchObject({ why: { kind: "timeout", phase: "greeting" } });
    transport.last.open();
    await clock.settle();
    expect(links[0]?.signal.aborted).toBe(true);
    expect(() => links[0]?.send("ghost")).toThrow();
    await expect(unheard).rejects.toMatchObject({ name: "AbortError" });
    expect(transport.last.sent).toEqual([]);
  });

  it("is owed a closing handshake when close() comes in between", async () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, { greet: () => new Promise(() => {}) });
    transport.last.open();
    await clock.settle();
    const closed = connection.close(1000, "bye");
    expect(transport.last.hungUp).toEqual({ code: 1000, reason: "bye" });
    transport.last.answerClose();
    await closed;
    expect(clock.pending).toBe(0);
  });
});

describe("a heartbeat of the application's own", () => {
  const heartbeat = {
    intervalMs: 1_000,
    timeoutMs: 500,
    ping: () => "ping",
    isPong: (data: unknown) => data === "pong",
  };

  it("gives an answer ten seconds unless it says otherwise", () => {
    const { connect, transport, clock } = createWorld();
    connect(url, { heartbeat: { intervalMs: 1_000, ping: "ping" } });
    transport.last.open();
    clock.advance(1_000);
    expect(transport.last.sent).toEqual(["ping"]);
    clock.advance(9_999);
    expect(transport.links).toHaveLength(1);
    clock.advance(100);
    expect(transport.links).toHaveLength(2);
  });

  it("sends its ping, keeps its pong from the listeners, and finds a dead link", () => {
    const { connect, transport, clock } = createWorld({ hasPing: false });
    const connection = connect(url, { heartbeat });
    const seen: string[] = [];
    connection.on("message", (text) => seen.push(text));
    transport.last.open();
    clock.advance(1_000);
    expect(transport.last.sent).toEqual(["ping"]);
    transport.last.receive("pong");
    clock.advance(1_000);
    expect(transport.last.sent).toEqual(["ping", "ping"]);
    clock.advance(520);
    expect(seen).toEqual([]);
    expect(connection.state).toMatchObject({ phase: "dialing", attempt: 2 });
  });

  it("an isPong that throws is told at `invalid`", () => {
    const { connect, transport } = createWorld();
    const fail = (): never => {
      throw new Error("oops");
    };
    const connection = connect(url, { heartbeat: { ...heartbeat, isPong: fail } });
    const errors: unknown[] = [];
    connection.on("invalid", ({ error }) => errors.push((error as Error).message));
    transport.last.open();
    transport.last.receive("x");
    expect(errors).toEqual(["oops"]);
  });

  it("a stalled loop does not kill a healthy link", () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, { heartbeat });
    transport.last.open();
    clock.advance(1_000);
    clock.stall(2_000);
    clock.advance(0);
    transport.last.receive("pong");
    clock.advance(3_000);
    expect(connection.state.name).toBe("OPEN");
    expect(transport.links).toHaveLength(1);
  });
});
