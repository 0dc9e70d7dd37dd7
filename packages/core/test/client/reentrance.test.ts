import { describe, expect, it } from "vitest";
import type { ConnectOptions, Link, LinkListener } from "../../src/index.ts";
import { createConnection, systemClock } from "../../src/index.ts";
import { createWorld, url } from "./world.ts";

const exact = { backoff: { jitter: "none", initialMs: 100 } } as const;

describe("a listener that acts in the middle of things", () => {
  it("closing when it hears of the wait: closed comes once", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url, exact);
    const seen: string[] = [];
    connection.on("state", ({ name, phase }) => {
      seen.push(`${name} ${phase}`);
      if (phase === "waiting") void connection.close();
    });
    connection.on("closed", () => seen.push("closed"));
    transport.last.fail();
    expect(seen).toEqual(["CONNECTING waiting", "CLOSED ended", "closed"]);
  });

  it("reconnecting when it hears of the end: closed comes all the same, and before the new dial is told", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url, { backoff: { maxAttempts: 1 } });
    const seen: string[] = [];
    const messages = connection.messages();
    connection.on("state", ({ phase }) => {
      seen.push(phase);
      if (phase === "ended" && seen.length < 5) connection.reconnect();
    });
    connection.on("closed", () => seen.push("closed"));
    transport.last.fail();
    expect(seen).toEqual(["ended", "closed", "dialing"]);
    expect(transport.open).toBe(1);
    return expect(messages.next()).rejects.toMatchObject({ code: "CLOSED" });
  });

  it("closing while it pings: close() resolves when that is through, and not before", async () => {
    const { connect, transport, clock } = createWorld();
    const seen: string[] = [];
    const heartbeat = {
      intervalMs: 100,
      ping() {
        void connection.close().then(() => seen.push(connection.state.name));
        return "ping";
      },
    };
    const connection = connect(url, { heartbeat, closeTimeoutMs: 1_000 });
    transport.last.open();
    clock.advance(100);
    await clock.settle();
    expect([seen, connection.state.name]).toEqual([[], "CLOSING"]);
    transport.last.close(1000);
    await clock.settle();
    expect(seen).toEqual(["CLOSED"]);
  });

  it("closing when it hears OPEN: opened comes before CLOSING", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    const seen: string[] = [];
    connection.on("state", ({ name }) => {
      seen.push(name);
      if (name === "OPEN") void connection.close();
    });
    connection.on("opened", () => seen.push("opened"));
    transport.last.open();
    expect(seen).toEqual(["OPEN", "opened", "CLOSING"]);
  });

  it("a second giving up is told like the first", async () => {
    const { connect, clock } = createWorld();
    const oops = (): never => {
      throw new Error("no token");
    };
    const connection = connect(oops, { backoff: { maxAttempts: 1 } });
    const causes: unknown[] = [];
    connection.on("closed", ({ cause }) => causes.push(cause?.cause));
    await clock.settle();
    connection.reconnect();
    await clock.settle();
    expect(causes).toEqual([new Error("no token"), new Error("no token")]);
  });

  it("a subscriber added on the way never goes back to an older state", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    const seen: string[] = [];
    connection.on("state", ({ name }) => {
      if (name !== "OPEN") return;
      void connection.close();
      connection.subscribe((state) => seen.push(state.name));
    });
    transport.last.open();
    expect(new Set(seen)).toEqual(new Set(["CLOSING"]));
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("oops");
      },
    ],
    ["rejects", () => Promise.reject(new Error("oops")) as never],
  ])("a subscriber that %s at once is reported, and its undo is given", async (_, listener) => {
    const { connect, log } = createWorld();
    const undo = connect(url).subscribe(listener);
    await new Promise(setImmediate);
    expect(log.some(({ message }) => message === "a listener for state threw")).toBe(true);
    undo();
  });

  it.each(["state", "message dropped", "gave up"])(
    "a log that reconnects when it is told %j: closed comes all the same, and before the new dial is told",
    async (word) => {
      const { connect, transport } = createWorld();
      const seen: string[] = [];
      const write = ({ message }: { message: string }): void => {
        if (message !== word || connection?.state.phase !== "ended") return;
        seen.push("log");
        connection.reconnect();
      };
      let connection: ReturnType<typeof connect> | undefined = undefined;
      connection = connect(url, { backoff: { maxAttempts: 1 }, log: { write } });
      connection.send("waits");
      connection.on("state", ({ phase }) => seen.push(phase));
      connection.on("closed", () => seen.push("closed"));
      transport.last.fail();
      expect(seen.filter((what) => what !== "log")).toEqual(["ended", "closed", "dialing"]);
      expect(seen).toContain("log");
      await connection.close();
    },
  );

  it("a log that closes when it is told OPEN: what is heard last is what is", async () => {
    const { connect, transport } = createWorld();
    const seen: string[] = [];
    const write = ({ details }: { details: object }): void => {
      if ("phase" in details && details.phase === "open") void connection.close();
    };
    const connection = connect(url, { log: { write } });
    connection.on("state", ({ phase }) => seen.push(phase));
    transport.last.open();
    transport.last.close(1000);
    expect([seen, connection.state.phase]).toEqual([["open", "closing", "ended"], "ended"]);
  });

  it("a log that rejects is nobody's trouble", async () => {
    const { connect } = createWorld();
    const entries: unknown[] = [];
    const write = async (entry: unknown): Promise<void> => {
      entries.push(entry);
      throw new Error("oops");
    };
    await connect(url, { log: { write } }).close();
    // An unhandled rejection would end this run.
    await new Promise(setImmediate);
    expect(entries.length).toBeGreaterThan(0);
  });

  it("reconnecting when it hears that one cannot be sent: the rest goes to the next link", () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url);
    const first = transport.last;
    first.open();
    first.bufferedBytes = 300_000;
    for (const message of ["poison", "a", "b"]) connection.send(message);
    first.poison = (data) => data === "poison";
    const dropped: unknown[] = [];
    connection.on("dropped", ({ message, reason }) => {
      dropped.push([message, reason]);
      connection.reconnect();
    });
    first.bufferedBytes = 0;
    clock.advance(1_000);
    transport.last.open();
    expect([dropped, first.sent, transport.last.sent]).toEqual([[["poison", "unsendable"]], [], ["a", "b"]]);
  });

  it("bytes that wait go out as they were sent", () => {
    const { connect, transport } = createWorld();
    const bytes = new Uint8Array([1, 2, 3]);
    connect(url).send(bytes);
    bytes.fill(0);
    transport.last.open();
    expect(transport.last.sent).toEqual([new Uint8Array([1, 2, 3])]);
  });

  it("a reportError that throws itself stops nothing", () => {
    const scope = globalThis as { reportError?: unknown };
    const before = scope.reportError;
    const fail = (): never => {
      throw new Error("oops");
    };
    scope.reportError = fail;
    try {
      const { connect, transport } = createWorld();
      const connection = connect(url);
      const seen: string[] = [];
      connection.on("message", fail);
      connection.on("message", (text) => seen.push(text));
      transport.last.open();
      transport.last.receive("1");
      transport.last.receive("2");
      expect(seen).toEqual(["1", "2"]);
    } finally {
      scope.reportError = before;
    }
  });
});

describe("a lifetime that is over", () => {
  it("stays over: reconnect() asks no provider and dials nothing", () => {
    const { connect, transport } = createWorld();
    const controller = new AbortController();
    const connection = connect(url, { signal: controller.signal });
    controller.abort();
    connection.reconnect();
    expect(connection.state.phase).toBe("ended");
    expect(transport.links).toHaveLength(1);
  });
});

describe("a transport", () => {
  /** A transport whose links the test holds by their listeners, so that it can break its promises. */
  function rawWorld(
    options: ConnectOptions = {},
    to: string | (() => string) = url,
  ): {
    listeners: LinkListener[];
    terminated: number[];
    connection: ReturnType<typeof createConnection>;
    duringDial: { act: () => void };
  } {
    const listeners: LinkListener[] = [];
    const terminated: number[] = [];
    const duringDial = { act: (): void => {} };
    const dial = (_: unknown, listener: LinkListener): Link => {
      const index = listeners.push(listener) - 1;
      duringDial.act();
      return {
        send() {},
        close() {},
        terminate: () => void terminated.push(index),
        bufferedBytes: 0,
        isWritable: true,
      };
    };
    const connection = createConnection(
      {
        transport: { dial },
        clock: systemClock,
        surroundings: { watch: () => () => {} },
        hasPing: true,
        base: () => undefined,
      },
      to,
      { log: "off", ...options, greet: undefined },
    );
    return { listeners, terminated, connection, duringDial };
  }

  it("vueuse#3177: whose old socket speaks after all is not heard", async () => {
    const { listeners, connection } = rawWorld();
    const seen: unknown[] = [];
    connection.on("message", (text) => seen.push(text));
    listeners[0]?.opened();
    connection.reconnect();
    listeners[1]?.opened();
    listeners[0]?.message("ghost");
    listeners[0]?.closed({ code: 4000, reason: "late", wasClean: true });
    listeners[1]?.message("real");
    expect(seen).toEqual(["real"]);
    expect(connection.state.name).toBe("OPEN");
    const closed = connection.close();
    listeners[1]?.closed({ code: 1000, reason: "", wasClean: true });
    await closed;
  });

  it.each([
    ["at once", url],
    ["when a provider has said where", () => url],
  ])("during whose dial, %s, somebody closes leaks no socket", async (_, to) => {
    const { connection, duringDial, terminated } = rawWorld({ start: "manual" }, to);
    duringDial.act = () => void connection.close();
    connection.open();
    await new Promise((resolve) => setImmediate(resolve));
    expect(connection.state.phase).toBe("ended");
    expect(terminated).toEqual([0]);
  });
});
