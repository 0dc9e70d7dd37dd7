import type { Clock } from "@holdfast/core/driver";
import { beforeEach, describe, expect, it } from "vitest";

/**
 * Declares the tests that every clock passes: each MUST of its port.
 * The clock has to run by itself; a virtual one needs somebody who advances it.
 */
export function clockContract(name: string, make: () => Clock): void {
  describe(`${name} keeps the contract of a clock`, () => {
    let clock: Clock;
    beforeEach(() => {
      clock = make();
    });

    it("never goes back", async () => {
      const readings = Array.from({ length: 1_000 }, () => clock.now());
      for (let round = 0; round < 10; round++) {
        await passed(clock, 1);
        readings.push(clock.now());
      }
      expect(readings).toEqual(readings.toSorted((a, b) => a - b));
    });

    it("tells the epoch in milliseconds", () => {
      expect(clock.epochMs()).toBeGreaterThan(Date.UTC(2000, 0, 1));
      expect(clock.epochMs()).toBeLessThan(Date.UTC(2200, 0, 1));
    });

    it("rolls in [0, 1), not always the same", () => {
      const rolls = Array.from({ length: 1_000 }, () => clock.random());
      expect(rolls.every((roll) => roll >= 0 && roll < 1)).toBe(true);
      expect(new Set(rolls).size).toBeGreaterThan(900);
    });

    it.for([0, 1, 10])("does not call back synchronously: %i ms", async (delayMs) => {
      let isScheduling = true;
      const wasSynchronous = await new Promise<boolean>((resolve) => {
        clock.schedule(delayMs, () => resolve(isScheduling));
        isScheduling = false;
      });
      expect(wasSynchronous).toBe(false);
    });

    it("does not call back early, by its own time", async () => {
      const delaysMs = Array.from({ length: 40 }, (_, index) => index / 2);
      const lateMs = await Promise.all(
        delaysMs.map((delayMs) => {
          const startAt = clock.now();
          return passed(clock, delayMs).then(() => clock.now() - startAt - delayMs);
        }),
      );
      expect(Math.min(...lateMs)).toBeGreaterThanOrEqual(0);
    });

    it("calls back once", async () => {
      let calls = 0;
      clock.schedule(1, () => calls++);
      await passed(clock, 20);
      expect(calls).toBe(1);
    });

    it("does not call back once cancelled", async () => {
      let calls = 0;
      const cancel = clock.schedule(5, () => calls++);
      cancel();
      await passed(clock, 20);
      expect(calls).toBe(0);
    });

    it("takes a second cancel, and leaves other callbacks alone", async () => {
      let calls = 0;
      const cancel = clock.schedule(5, () => calls++);
      const other = passed(clock, 5);
      cancel();
      cancel();
      await other;
      expect(calls).toBe(0);
    });

    it("takes a cancel that comes too late, also from inside the callback", async () => {
      await new Promise<void>((resolve) => {
        const cancel = clock.schedule(1, () => {
          cancel();
          resolve();
        });
      });
      let calls = 0;
      const cancel = clock.schedule(1, () => calls++);
      await passed(clock, 5);
      const next = passed(clock, 1);
      cancel();
      await next;
      expect(calls).toBe(1);
    });

    it.for([2 ** 31 - 1, 2 ** 31, Infinity])("does not call back at once for %d ms", async (delayMs) => {
      let calls = 0;
      const cancel = clock.schedule(delayMs, () => calls++);
      await passed(clock, 5);
      cancel();
      expect(calls).toBe(0);
    });
  });
}

function passed(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.schedule(delayMs, resolve);
  });
}
