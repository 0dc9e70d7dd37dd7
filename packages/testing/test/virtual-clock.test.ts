import { describe, expect, it } from "vitest";
import { clockContract } from "../src/contracts.ts";
import { type VirtualClock, virtualClock } from "../src/index.ts";
import type { Clock } from "@holdfast/core/driver";

clockContract("a virtual clock that somebody advances", () => running(virtualClock()));

describe("a virtual clock", () => {
  it("fires in order of time, then of scheduling, and moves step by step", () => {
    const clock = virtualClock();
    const fired: string[] = [];
    for (const [name, delayMs] of [
      ["late", 20],
      ["first", 10],
      ["second", 10],
      ["after", 31],
    ] as const) {
      clock.schedule(delayMs, () => fired.push(`${name} at ${clock.now()}`));
    }
    clock.advance(30);
    expect(fired).toEqual(["first at 10", "second at 10", "late at 20"]);
    expect(clock.now()).toBe(30);
    expect(clock.pending).toBe(1);
  });

  it("fires what was scheduled on the way, if it is due", () => {
    const clock = virtualClock();
    const firedAt: number[] = [];
    const tick = (): void => {
      firedAt.push(clock.now());
      clock.schedule(10, tick);
    };
    clock.schedule(10, tick);
    clock.advance(35);
    expect(firedAt).toEqual([10, 20, 30]);
  });

  it("fires nothing before it is advanced, not even what is due at once", () => {
    const clock = virtualClock();
    let calls = 0;
    clock.schedule(0, () => calls++);
    expect(calls).toBe(0);
    clock.advance(0);
    expect(calls).toBe(1);
  });

  it("does not fire what a callback of the same instant cancelled", () => {
    const clock = virtualClock();
    let calls = 0;
    clock.schedule(10, () => cancel());
    const cancel = clock.schedule(10, () => calls++);
    clock.advance(10);
    expect(calls).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it("fires late after a stall", () => {
    const clock = virtualClock();
    const fired: string[] = [];
    clock.schedule(20, () => fired.push(`second at ${clock.now()}`));
    clock.schedule(10, () => fired.push(`first at ${clock.now()}`));
    clock.stall(1_000);
    expect(fired).toEqual([]);
    clock.advance(0);
    expect(fired).toEqual(["first at 1000", "second at 1000"]);
  });

  it("lets a callback stall the others", () => {
    const clock = virtualClock();
    const firedAt: number[] = [];
    clock.schedule(10, () => clock.stall(100));
    clock.schedule(50, () => firedAt.push(clock.now()));
    clock.advance(20);
    expect(firedAt).toEqual([110]);
  });

  it("lets promises run between callbacks, however long the chain", async () => {
    const clock = virtualClock();
    const story: string[] = [];
    clock.schedule(10, async () => {
      for (let turn = 0; turn < 1_000; turn++) await Promise.resolve();
      story.push(`chain done at ${clock.now()}`);
      clock.schedule(5, () => story.push(`follow-up at ${clock.now()}`));
    });
    clock.schedule(12, () => story.push(`other at ${clock.now()}`));
    await clock.advanceAsync(20);
    expect(story).toEqual(["chain done at 10", "other at 12", "follow-up at 15"]);
    expect(clock.now()).toBe(20);
  });

  it("settles promises and what is due, without moving", async () => {
    const clock = virtualClock();
    const story: string[] = [];
    void Promise.resolve().then(() => clock.schedule(0, () => story.push("due")));
    await clock.settle();
    expect(story).toEqual(["due"]);
    expect(clock.now()).toBe(0);
  });

  it("starts where it is told, and rolls as it is seeded", () => {
    const clock = virtualClock({ seed: 7, startEpochMs: 1_000 });
    clock.advance(5);
    expect(clock.epochMs()).toBe(1_005);
    expect(clock.random()).toBe(virtualClock({ seed: 7 }).random());
    expect(clock.random()).not.toBe(virtualClock({ seed: 8 }).random());
  });

  it("lets what a callback throws out, and goes on after it", () => {
    const clock = virtualClock();
    let calls = 0;
    clock.schedule(10, () => {
      throw new Error("mine");
    });
    clock.schedule(10, () => calls++);
    expect(() => clock.advance(20)).toThrow("mine");
    clock.advance(10);
    expect(calls).toBe(1);
  });

  it("refuses what no real clock does", () => {
    const clock = virtualClock();
    expect(() => clock.advance(-1)).toThrow(RangeError);
    expect(() => clock.advance(Number.NaN)).toThrow(RangeError);
    expect(() => clock.schedule(-1, () => {})).toThrow(RangeError);
    expect(() => clock.schedule(Number.NaN, () => {})).toThrow(RangeError);
    clock.schedule(1, () => clock.advance(1));
    expect(() => clock.advance(1)).toThrow("already advancing");
  });

  it("ends a loop that never would", () => {
    const clock = virtualClock();
    const again = (): void => void clock.schedule(0, again);
    again();
    expect(() => clock.advance(1)).toThrow("without delay");
  });
});

/** Somebody who advances the clock for as long as a callback is armed. */
function running(clock: VirtualClock): Clock {
  let isRunning = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    while (clock.pending > 0 && clock.now() < 1_000) await clock.advanceAsync(0.5);
    isRunning = false;
  };
  return {
    now: () => clock.now(),
    epochMs: () => clock.epochMs(),
    random: () => clock.random(),
    schedule: (delayMs, callback) => {
      const cancel = clock.schedule(delayMs, callback);
      if (!isRunning) void run();
      return cancel;
    },
  };
}
