import { describe, expect, it } from "vitest";
import type { ConnectionState } from "../../src/index.ts";
import { createWorld, url } from "./world.ts";

const exact = { backoff: { jitter: "none", initialMs: 100 } } as const;

describe("close()", () => {
  it("lukeed/sockette#49: ends a wait at once and leaves no timer, no watcher, no socket", async () => {
    const { connect, transport, clock, ...world } = createWorld();
    const connection = connect(url, exact);
    transport.last.fail();
    expect(clock.pending).toBe(1);
    await connection.close();
    expect(connection.state).toEqual({ name: "CLOSED", phase: "ended" });
    expect([clock.pending, world.watchers, transport.open]).toEqual([0, 0, 0]);
  });

  it("during a dial abandons the socket, and tells no code, for there was none", async () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url);
    await connection.close();
    expect(transport.last.terminated).toBe(true);
    expect(connection.state).toEqual({ name: "CLOSED", phase: "ended" });
    expect(clock.pending).toBe(0);
  });

  it("pladaria#165, pladaria#87: before the first connect, reconnect() still connects afterwards", async () => {
    const { connect, transport } = createWorld();
    const connection = connect(url, { start: "manual" });
    await connection.close();
    expect(connection.state).toMatchObject({ name: "CLOSED", phase: "ended" });
    connection.reconnect();
    transport.last.open();
    expect(connection.state.name).toBe("OPEN");
  });

  it("towards a silent peer ends after closeTimeoutMs", async () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, { closeTimeoutMs: 2_000 });
    transport.last.open();
    const closed = connection.close(1000, "bye");
    const again = connection.close(4000, "again: changes nothing");
    expect(transport.last.hungUp).toEqual({ code: 1000, reason: "bye" });
    clock.advance(1_999);
    expect(connection.state.name).toBe("CLOSING");
    clock.advance(1);
    await Promise.all([closed, again]);
    expect(connection.state).toEqual({ name: "CLOSED", phase: "ended", code: 1006, reason: "" });
    expect(transport.last.terminated).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("is final: open() does nothing, reconnect() does", async () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    await connection.close();
    connection.open();
    expect(transport.open).toBe(0);
    connection.reconnect();
    expect(transport.open).toBe(1);
  });

  it("refuses what cannot be sent, and changes nothing", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    transport.last.open();
    for (const code of [1001, 5000, 4000.5, NaN, "4000" as never]) {
      expect(() => connection.close(code)).toThrow(/CONFIG: code must be 1000 or 3000 to 4999, but is/);
    }
    expect(() => connection.close(1000, "ä".repeat(62))).toThrow(/CONFIG: reason/);
    expect(() => connection.close(1000, null as never)).toThrow(/CONFIG: reason .*, but is null/);
    expect(connection.state.name).toBe("OPEN");
  });

  it("is what an aborted signal does, now or later, and nothing keeps listening to it", async () => {
    const { connect, transport } = createWorld();
    const { signal, listeners, abort } = countingSignal();
    const connection = connect(url, { signal });
    transport.last.open();
    expect(listeners()).toBe(1);
    abort();
    transport.last.answerClose();
    expect(connection.state.name).toBe("CLOSED");
    expect(listeners()).toBe(0);
    expect(connect(url, { signal: AbortSignal.abort() }).state.name).toBe("CLOSED");
  });

  it("is what `await using` does", async () => {
    const { connect, transport } = createWorld();
    let state: () => ConnectionState;
    {
      await using connection = connect(url);
      state = connection.getSnapshot;
    }
    expect(state().name).toBe("CLOSED");
    expect(transport.open).toBe(0);
  });
});

/** A signal that tells how many listen to it. */
function countingSignal(): { signal: AbortSignal; listeners: () => number; abort: () => void } {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: [string, never]) => {
    listeners.add(args[1]);
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args: [string, never]) => {
    listeners.delete(args[1]);
    removeEventListener.apply(signal, args);
  };
  return { signal, listeners: () => listeners.size, abort: () => controller.abort() };
}
