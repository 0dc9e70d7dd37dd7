import { type Instant, never } from "@holdfast/core/session";
import { describe, expect, it } from "vitest";
import { virtualClock } from "../../../testing/src/index.ts";
import { type Waker, Wheel } from "../../src/shell/wheel.ts";

/** Notes when it is woken, and wants to be woken again at the times it was given. */
class Sleeper implements Waker {
  readonly wokenAt: number[] = [];
  readonly #next: number[];

  constructor(...next: number[]) {
    this.#next = next;
  }

  wake(now: Instant): Instant {
    this.wokenAt.push(now);
    return (this.#next.shift() as Instant | undefined) ?? never;
  }
}

describe("a wheel", () => {
  it("wakes each within 20 ms of its time, never earlier, with one timer for all", () => {
    const clock = virtualClock();
    const wheel = new Wheel(clock);
    const times = Array.from({ length: 500 }, (_, i) => (i * 7_919) % 10_000);
    const sleepers = times.map((time) => {
      const sleeper = new Sleeper();
      wheel.set(sleeper, time as Instant);
      return sleeper;
    });
    expect(clock.pending).toBe(1);
    clock.advance(10_020);
    for (const [i, { wokenAt }] of sleepers.entries()) {
      expect(wokenAt).toHaveLength(1);
      expect((wokenAt[0] ?? 0) - (times[i] ?? 0)).toBeGreaterThanOrEqual(0);
      expect((wokenAt[0] ?? 0) - (times[i] ?? 0)).toBeLessThanOrEqual(20);
    }
    expect(clock.pending).toBe(0);
  });

  it("wakes in the next turn who is late already", () => {
    const clock = virtualClock();
    const wheel = new Wheel(clock);
    clock.advance(5_000);
    const late = new Sleeper();
    wheel.set(late, 4_000 as Instant);
    expect(late.wokenAt).toEqual([]);
    clock.advance(0);
    expect(late.wokenAt).toEqual([5_000]);
  });

  it("costs nothing when a deadline moves on: who is woken too early says when", () => {
    const clock = virtualClock();
    const wheel = new Wheel(clock);
    const sleeper = new Sleeper(500, 900);
    wheel.set(sleeper, 100 as Instant);
    wheel.set(sleeper, 900 as Instant);
    clock.advance(2_000);
    expect(sleeper.wokenAt).toEqual([100, 500, 900]);
  });

  it("goes on among more times than a function takes arguments", () => {
    const clock = virtualClock();
    const wheel = new Wheel(clock);
    const sleepers = Array.from({ length: 200_000 }, () => new Sleeper());
    for (const [i, sleeper] of sleepers.entries()) wheel.set(sleeper, ((i + 1) * 20) as Instant);
    clock.advance(60);
    expect(sleepers.slice(0, 4).map(({ wokenAt }) => wokenAt)).toEqual([[20], [40], [60], []]);
    wheel.stop();
    expect(clock.pending).toBe(0);
  });

  it("finds the next one however far it is", () => {
    const clock = virtualClock();
    const wheel = new Wheel(clock);
    const [first, second] = [new Sleeper(3_600_000), new Sleeper(86_400_000)];
    wheel.set(first, 20 as Instant);
    wheel.set(second, 40 as Instant);
    clock.advance(90_000_000);
    expect([first.wokenAt, second.wokenAt, clock.pending]).toEqual([[20, 3_600_000], [40, 86_400_000], 0]);
  });

  it("takes who was taken out again, for a later time than before", () => {
    const clock = virtualClock();
    const wheel = new Wheel(clock);
    const sleeper = new Sleeper();
    wheel.set(sleeper, 100 as Instant);
    wheel.delete(sleeper);
    wheel.set(sleeper, 300 as Instant);
    clock.advance(1_000);
    expect(sleeper.wokenAt).toEqual([300]);
  });

  it("wakes earlier when it has to, and not at all what was taken out or stopped", () => {
    const clock = virtualClock();
    const wheel = new Wheel(clock);
    const [early, gone, stopped] = [new Sleeper(), new Sleeper(), new Sleeper()];
    wheel.set(early, 5_000 as Instant);
    wheel.set(early, 100 as Instant);
    wheel.set(gone, 200 as Instant);
    wheel.delete(gone);
    wheel.set(stopped, 300 as Instant);
    clock.advance(250);
    wheel.stop();
    clock.advance(10_000);
    expect([early.wokenAt, gone.wokenAt, stopped.wokenAt, clock.pending]).toEqual([[100], [], [], 0]);
  });
});
