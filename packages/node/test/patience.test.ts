import { describe, expect, it } from "vitest";
import { virtualClock } from "../../testing/src/index.ts";
import { patience } from "../src/patience.ts";

/** A flush that is counted, rounds that come by hand, and time. */
function createFlow() {
  const clock = virtualClock();
  let waiting: (() => void)[] = [];
  let flushes = 0;
  const turn = patience((callback) => waiting.push(callback), clock);
  return {
    clock,
    get flushes() {
      return flushes;
    },
    /** Asks for a flush, and tells whether it comes by the end of the turn. */
    ask(canWait?: boolean): boolean {
      return turn(() => flushes++, canWait) !== undefined;
    },
    /** One round of the loop. Whether anybody waited for it. */
    round(): boolean {
      const callbacks = waiting;
      waiting = [];
      for (const callback of callbacks) callback();
      return callbacks.length > 0;
    },
  };
}

describe("patience", () => {
  it("has the first of a flow flushed by the end of the turn", async () => {
    const flow = createFlow();
    expect(flow.ask(true)).toBe(true);
    await Promise.resolve();
    expect(flow.flushes).toBe(1);
  });

  it("has those that follow at once wait for each other, a few rounds", async () => {
    const flow = createFlow();
    flow.ask(true);
    await Promise.resolve();
    const answers = [flow.ask(true), flow.ask(true), flow.ask(true)];
    let rounds = 0;
    while (flow.round()) rounds++;
    expect([answers, rounds, flow.flushes]).toEqual([[false, false, false], 8, 2]);
  });

  it("waits no longer than a millisecond, if rounds are slow", () => {
    const flow = createFlow();
    flow.ask(true);
    flow.ask(true);
    flow.clock.advance(1);
    flow.round();
    expect([flow.flushes, flow.round()]).toEqual([1, false]);
  });

  it("has what is awaited flushed by the end of the turn, even in a flow", async () => {
    const flow = createFlow();
    flow.ask(true);
    flow.ask(true);
    expect([flow.ask(false), flow.ask()]).toEqual([true, true]);
    await Promise.resolve();
    expect(flow.flushes).toBe(3);
  });

  it("does not wait when what came before is a while ago", () => {
    const flow = createFlow();
    flow.ask(true);
    flow.clock.advance(0.05);
    expect(flow.ask(true)).toBe(true);
  });
});
