import { describe, expect, it } from "vitest";
import { type Connection, HoldfastError } from "../../src/index.ts";
import { createWorld, url } from "./world.ts";

const exact = { backoff: { jitter: "none", initialMs: 100 } } as const;

function watch(connection: Connection): string[] {
  const seen: string[] = [];
  connection.on("state", ({ name, phase }) => seen.push(`${name} ${phase}`));
  return seen;
}

describe("a connection", () => {
  it("dials at once, opens, and closes when the peer answers", async () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url);
    const seen = watch(connection);
    expect(connection.state).toEqual({
      name: "CONNECTING",
      phase: "dialing",
      attempt: 1,
      why: { kind: "asked" },
    });
    transport.last.open();
    expect(connection.readyState).toBe(1);
    const closed = connection.close(1000, "done");
    expect(transport.last.hungUp).toEqual({ code: 1000, reason: "done" });
    transport.last.answerClose();
    await closed;
    expect(connection.state).toEqual({ name: "CLOSED", phase: "ended", code: 1000, reason: "done" });
    expect(seen).toEqual(["OPEN open", "CLOSING closing", "CLOSED ended"]);
    expect(clock.pending).toBe(0);
  });

  it("dials again when a link is lost, and says when", () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, exact);
    transport.last.open();
    clock.advance(6_000);
    transport.last.cut();
    expect(connection.state).toEqual({
      name: "CONNECTING",
      phase: "waiting",
      attempt: 2,
      why: { kind: "closed", code: 1006, reason: "", wasClean: false },
      retryAt: clock.epochMs() + 100,
    });
    clock.advance(99);
    expect(transport.links).toHaveLength(1);
    clock.advance(1);
    expect(transport.links).toHaveLength(2);
    transport.last.open();
    expect(connection.state.name).toBe("OPEN");
  });

  it("pladaria#39, partykit/partykit#929, vueuse#4381: never has two sockets at a time, whatever is called", () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, exact);
    for (const act of ["open", "reconnect", "open", "reconnect", "reconnect"] as const) {
      connection[act]();
      expect(transport.open).toBe(1);
    }
    transport.last.fail();
    connection.open();
    connection.open();
    clock.advance(100);
    expect(transport.open).toBe(1);
    connection.reconnect();
    clock.advance(60_000);
    expect(transport.open).toBe(1);
  });

  it("vueuse#3177: late events of an old socket change nothing", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    const [first] = transport.links;
    connection.reconnect();
    transport.last.open();
    expect(first?.phase).toBe("terminated");
    expect(connection.state.name).toBe("OPEN");
  });

  it("pladaria#170: lets go of the old socket before it dials a new one", () => {
    const { connect, transport, clock } = createWorld();
    connect(url, { ...exact, stableAfterMs: 0, heartbeat: { intervalMs: 1_000, timeoutMs: 500 } });
    for (let i = 1; i <= 20; i++) {
      expect([transport.links.length, transport.open]).toEqual([i, 1]);
      transport.last.open();
      // The peer says nothing: the link is given up and the next one dialled.
      clock.advance(1_520);
    }
  });

  it("gives a whole attempt dialTimeoutMs, then abandons it", () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, { ...exact, dialTimeoutMs: 5_000 });
    clock.advance(5_000);
    expect(transport.last.terminated).toBe(true);
    const why = { kind: "timeout", phase: "dialing" };
    expect(connection.state).toMatchObject({ phase: "waiting", attempt: 2, why });
  });

  it("gives up after maxAttempts, tells why, and reconnect() still works (pladaria#125, cloudflare/partykit#252)", async () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, { backoff: { ...exact.backoff, maxAttempts: 2 } });
    const ends: unknown[] = [];
    connection.on("closed", (closed) => ends.push(closed));
    transport.last.fail(503);
    clock.advance(100);
    transport.last.fail(503);
    expect(ends).toHaveLength(1);
    expect(ends[0]).toMatchObject({
      code: 1006,
      cause: { code: "CLOSED", message: "CLOSED: the link closed: HTTP 503" },
    });
    expect(clock.pending).toBe(0);
    await expect(connection.opened()).rejects.toSatisfy((error) => HoldfastError.is(error, "CLOSED"));
    expect(() => connection.send("too late")).toThrow(
      expect.objectContaining({
        message: "CLOSED: the connection has ended",
        cause: expect.objectContaining({ message: "CLOSED: the link closed: HTTP 503" }),
      }),
    );
    connection.reconnect();
    transport.last.open();
    expect(connection.state.name).toBe("OPEN");
    void connection.close();
    expect(() => connection.send("too late")).toThrow("CLOSED: the connection has ended");
  });

  it("ends on a terminal close code, with its cause (cloudflare/partykit#409)", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    transport.last.open();
    transport.last.close(4003, "forbidden");
    expect(connection.state).toMatchObject({
      name: "CLOSED",
      phase: "ended",
      code: 4003,
      reason: "forbidden",
    });
    expect((connection.state as { cause?: Error }).cause?.message).toContain("4003 forbidden");
  });

  it("appuri/robust-websocket#14: where a proxy closes idle links with 1000, the verdict says so", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url, { verdict: ({ code }) => (code === 1000 ? "retry" : undefined) });
    transport.last.open();
    transport.last.close(1000);
    expect(connection.state.name).toBe("CONNECTING");
  });

  it.each(["verdict", "backoff"])("a %s that throws is reported, and the defaults decide", (name) => {
    const { connect, transport, log } = createWorld();
    const oops = new Error("oops");
    const fail = (): never => {
      throw oops;
    };
    const connection = connect(url, { [name]: fail });
    transport.last.fail();
    expect(connection.state).toMatchObject({ phase: "waiting" });
    expect(log.filter(({ level }) => level === "error")).toMatchObject([
      { message: `${name} threw`, details: { error: oops } },
    ]);
  });

  it.each([NaN, -1, "soon", "5", true])(
    "a backoff that returns %j is reported, and the defaults decide",
    (delayMs) => {
      const { connect, transport, log } = createWorld();
      const connection = connect(url, { backoff: () => delayMs as number });
      transport.last.fail();
      expect(connection.state).toMatchObject({ phase: "waiting" });
      expect(log.filter(({ level }) => level === "error")).toHaveLength(1);
    },
  );

  it("takes a backoff of the user's, with the attempt that comes and the reason", () => {
    const { connect, transport, clock } = createWorld();
    const asked: unknown[] = [];
    connect(url, {
      backoff: ({ attempt, why }) => {
        asked.push([attempt, why.kind]);
        return attempt > 2 ? "stop" : 70;
      },
    });
    transport.last.fail();
    clock.advance(70);
    transport.last.fail();
    expect(asked).toEqual([
      [2, "closed"],
      [3, "closed"],
    ]);
    expect(clock.pending).toBe(0);
  });
});

describe("reconnect()", () => {
  it("cuts a wait short", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url, exact);
    transport.last.fail();
    connection.reconnect();
    expect(connection.state).toEqual({
      name: "CONNECTING",
      phase: "dialing",
      attempt: 1,
      why: { kind: "asked" },
    });
  });

  it("says goodbye to an open link and does not wait for the answer", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    transport.last.open();
    connection.reconnect();
    expect(transport.links[0]).toMatchObject({ hungUp: { code: 1000, reason: "" }, terminated: true });
    expect(transport.open).toBe(1);
  });

  it("works during the closing handshake (ReactiveX/rxjs#3935: the old socket is not forgotten)", async () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    transport.last.open();
    const closed = connection.close();
    connection.reconnect();
    await closed;
    expect(transport.links[0]?.terminated).toBe(true);
    transport.last.open();
    expect(connection.state.name).toBe("OPEN");
    expect(transport.open).toBe(1);
  });
});

describe("start", () => {
  it("lazy: on, send, messages and opened dial; subscribe, state and getSnapshot do not", () => {
    const act: Record<string, (connection: Connection) => unknown> = {
      on: (c) => c.on("message", () => {}),
      send: (c) => c.send("x"),
      messages: (c) => c.messages(),
      opened: (c) => c.opened(),
    };
    for (const [name, dial] of Object.entries(act)) {
      const { connect, transport } = createWorld();
      const connection = connect(url, { start: "lazy" });
      connection.subscribe(() => {});
      void connection.state;
      expect(transport.links).toHaveLength(0);
      dial(connection);
      expect([name, transport.links.length]).toEqual([name, 1]);
    }
  });

  it("manual: only open() dials", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url, { start: "manual" });
    connection.on("message", () => {});
    connection.send("x");
    expect(transport.links).toHaveLength(0);
    connection.open();
    expect(transport.links).toHaveLength(1);
  });
});
