import { describe, expect, it } from "vitest";
import type { ConnectionState } from "../../src/index.ts";
import { createWorld, url } from "./world.ts";

describe("listeners", () => {
  it("one that throws is told to the log and to reportError, and stops nobody else", () => {
    const { connect, transport, log } = createWorld();
    const reported: unknown[] = [];
    const scope = globalThis as { reportError?: unknown };
    const before = scope.reportError;
    scope.reportError = (error: unknown) => reported.push(error);
    try {
      const connection = connect(url);
      transport.last.open();
      const oops = new Error("oops");
      const seen: string[] = [];
      connection.on("message", () => {
        throw oops;
      });
      connection.on("message", (text) => seen.push(text));
      transport.last.receive("a");
      transport.last.receive("b");
      expect(seen).toEqual(["a", "b"]);
      expect(reported).toEqual([oops, oops]);
      expect(log.find(({ level }) => level === "error")).toMatchObject({
        message: "a listener for message threw",
        details: { error: oops },
      });
    } finally {
      scope.reportError = before;
    }
  });

  it("may come and go during dispatch: a removed one is not called, an added one hears the next", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    transport.last.open();
    const seen: string[] = [];
    const undos = [
      connection.on("message", (text) => {
        seen.push(`first ${text}`);
        undos[1]?.();
        if (text === "1") connection.on("message", (later) => seen.push(`late ${later}`));
      }),
      connection.on("message", (text) => seen.push(`second ${text}`)),
    ];
    transport.last.receive("1");
    transport.last.receive("2");
    expect(seen).toEqual(["first 1", "first 2", "late 2"]);
  });

  it("all hear every event in the order it happened, even when one of them causes the next", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    const seen: string[] = [];
    connection.on("opened", () => void connection.close());
    for (const who of ["a", "b"]) connection.on("state", ({ name }) => seen.push(`${who} ${name}`));
    transport.last.open();
    expect(seen).toEqual(["a OPEN", "b OPEN", "a CLOSING", "b CLOSING"]);
  });

  it("end with their signal", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    transport.last.open();
    const seen: string[] = [];
    const controller = new AbortController();
    connection.on("message", (text) => seen.push(text), { signal: controller.signal });
    transport.last.receive("1");
    controller.abort();
    transport.last.receive("2");
    expect(seen).toEqual(["1"]);
  });

  it("hear nothing after the end (centrifuge-js#393)", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    transport.last.open();
    const seen: string[] = [];
    connection.on("message", (text) => seen.push(text));
    void connection.close();
    transport.last.receive("too late");
    transport.last.answerClose();
    expect(seen).toEqual([]);
  });

  it("a log that throws breaks nothing", () => {
    const { connect, transport } = createWorld();
    const fail = (): never => {
      throw new Error("no disk");
    };
    const connection = connect(url, { log: { write: fail } });
    transport.last.fail();
    expect(connection.state.name).toBe("CONNECTING");
  });
});

describe("once()", () => {
  it("gives the next event, or the next that a guard accepts, and lets go", async () => {
    const { connect, transport } = createWorld();
    const connection = connect(url, { format: "json" });
    transport.last.open();
    const any = connection.once("message");
    const text: Promise<string> = connection.once("message", (m): m is string => typeof m === "string");
    transport.last.receive("1");
    transport.last.receive('"two"');
    expect(await Promise.all([any, text])).toEqual([1, "two"]);
  });

  it("rejects by time, by signal, by a guard that throws, and when the connection ends", async () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url);
    transport.last.open();
    const controller = new AbortController();
    const oops = new Error("oops");
    const waits = [
      connection.once("message", { timeoutMs: 10 }),
      connection.once("message", undefined, { signal: AbortSignal.abort(new Error("too late")) }),
      connection.once("message", () => true, { signal: controller.signal }),
      connection.once("message", () => {
        throw oops;
      }),
      connection.once("message"),
    ];
    const settled = Promise.allSettled(waits);
    controller.abort(new Error("enough"));
    transport.last.receive("x");
    await clock.advanceAsync(10);
    void connection.close();
    transport.last.answerClose();
    expect(
      (await settled).map((one) => (one.status === "rejected" ? String(one.reason) : one.value)),
    ).toEqual(["x", "Error: too late", "Error: enough", "Error: oops", "x"]);
    await expect(connection.once("message")).rejects.toMatchObject({ code: "CLOSED" });
    const late = createWorld();
    const silent = late.connect(url).once("message", { timeoutMs: 10 });
    await late.clock.advanceAsync(10);
    await expect(silent).rejects.toMatchObject({ code: "TIMEOUT", retryable: true });
  });

  it("closed resolves with how it ended; a wait for anything else then rejects", async () => {
    const { connect } = createWorld();
    const connection = connect(url);
    const closed = connection.once("closed");
    const opened = connection.opened();
    await connection.close();
    expect(await closed).toEqual({ name: "CLOSED", phase: "ended" });
    await expect(opened).rejects.toMatchObject({ code: "CLOSED" });
  });
});

describe("the store protocol", () => {
  it("gives the snapshot at once and on each change; the same object until then; bound", () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, { heartbeat: { intervalMs: 100, timeoutMs: 50 } });
    const { subscribe, getSnapshot } = connection;
    const seen: ConnectionState[] = [];
    const undo = subscribe((state) => seen.push(state));
    expect(getSnapshot()).toBe(connection.state);
    transport.last.open();
    expect(Object.isFrozen((seen[0] as { why?: unknown }).why)).toBe(true);
    const open = getSnapshot();
    clock.advance(100);
    expect(transport.last.pings).toBe(1);
    transport.last.pong();
    clock.advance(50);
    expect(getSnapshot()).toBe(open);
    expect(Object.isFrozen(open)).toBe(true);
    undo();
    void connection.close();
    expect(seen.map(({ name }) => name)).toEqual(["CONNECTING", "OPEN"]);
  });
});

describe("messages()", () => {
  it("reads from when it was called, at leisure, and ends with close()", async () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    transport.last.open();
    const messages = connection.messages();
    transport.last.receive("1");
    transport.last.receive("2");
    const seen: string[] = [];
    const reading = (async () => {
      for await (const text of messages) seen.push(text);
    })();
    void connection.close();
    transport.last.answerClose();
    await reading;
    expect(seen).toEqual(["1", "2"]);
  });

  it("react-use-websocket#200: an iterator that is not read loses nothing, and ends with INBOX_FULL past its bound", async () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url);
    transport.last.open();
    const messages = connection.messages({ maxBuffered: 2 });
    for (const text of ["1", "2", "3", "4"]) {
      transport.last.receive(text);
      await clock.settle();
    }
    const seen: string[] = [];
    const reading = (async () => {
      for await (const text of messages) seen.push(text);
    })();
    await expect(reading).rejects.toMatchObject({ code: "INBOX_FULL" });
    expect(seen).toEqual(["1", "2", "3"]);
    expect((await messages.next()).done).toBe(true);
  });

  it("an iterator is not too slow for what came in one turn, however much; for what it has not read by the next it is", async () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url);
    transport.last.open();
    let goOn = (): void => {};
    const pause = new Promise<void>((resolve) => (goOn = resolve));
    const seen: number[] = [];
    const reading = (async () => {
      for await (const text of connection.messages({ maxBuffered: 2 })) {
        seen.push(Number(text));
        if (text === "10") await pause;
      }
    })();
    for (const from of [1, 6, 11, 16]) {
      for (let n = from; n < from + 5; n++) transport.last.receive(`${n}`);
      await clock.settle();
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    goOn();
    await expect(reading).rejects.toMatchObject({ code: "INBOX_FULL" });
    expect(seen.slice(10)).toEqual([11, 12, 13, 14, 15, 16]);
  });

  it("ends with the cause when the connection gives up, and with the signal's reason on abort", async () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    transport.last.open();
    const controller = new AbortController();
    const aborted = connection.messages({ signal: controller.signal }).next();
    const ended = connection.messages().next();
    const reason = new Error("enough");
    controller.abort(reason);
    transport.last.close(4003, "no");
    await expect(aborted).rejects.toBe(reason);
    await expect(ended).rejects.toMatchObject({ code: "CLOSED" });
    await expect(connection.messages().next()).rejects.toMatchObject({ code: "CLOSED" });
  });

  it("lets go when the reader breaks off, or never begins", async () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    transport.last.open();
    for await (const text of (queueMicrotask(() => transport.last.receive("1")), connection.messages())) {
      expect(text).toBe("1");
      break;
    }
    const waiting = connection.messages();
    const next = waiting.next();
    expect(await waiting.return?.()).toEqual({ done: true, value: undefined });
    expect((await next).done).toBe(true);
    const unread = connection.messages();
    await unread.return?.();
    expect((await unread.next()).done).toBe(true);
  });
});
