import type { Clock, Instant } from "@holdfast/core/driver";
import { type SeededRandom, seededRandom } from "../random/seeded-random.ts";
import { turn } from "./turn.ts";

/** Where a virtual clock begins. */
export interface VirtualClockOptions {
  /**
   * What `random()` is seeded with.
   *
   * @defaultValue 1
   */
  readonly seed?: number | undefined;
  /**
   * What `epochMs()` says at first.
   *
   * @defaultValue 2026-01-01T00:00:00Z
   */
  readonly startEpochMs?: number | undefined;
}

interface Armed {
  readonly dueAt: Instant;
  readonly callback: () => void;
}

const maxDelayMs = 2 ** 31 - 1;
/** More callbacks than this at one instant are a loop that never ends. */
const maxCallbacksAtOnce = 100_000;

/** Makes a clock that stands still until the test moves it. */
export function virtualClock(options: VirtualClockOptions = {}): VirtualClock {
  return new VirtualClock(options);
}

/** A clock that only a test moves. */
export class VirtualClock implements Clock {
  readonly #random: SeededRandom;
  readonly #startEpochMs: number;
  #now = 0 as Instant;
  /** By time, then by when they were scheduled. */
  #armed: readonly Armed[] = [];
  #callbacksAtOnce = 0;
  #isAdvancing = false;

  constructor({ seed = 1, startEpochMs = Date.UTC(2026, 0, 1) }: VirtualClockOptions) {
    this.#random = seededRandom(seed);
    this.#startEpochMs = startEpochMs;
  }

  /** Milliseconds since the clock was made. */
  now(): Instant {
    return this.#now;
  }

  /** The same moment on `Date.now()`'s scale. */
  epochMs(): number {
    return Math.floor(this.#startEpochMs + this.#now);
  }

  /** Chance, in [0, 1), from the seed. */
  random(): number {
    return this.#random.next();
  }

  /**
   * Calls back when the test has moved the clock so far; returns the undo.
   *
   * @throws RangeError for less than 0.
   */
  schedule(delayMs: number, callback: () => void): () => void {
    if (!(delayMs >= 0)) throw new RangeError(`delayMs is ${delayMs}, but time only goes forward`);
    const armed: Armed = { dueAt: after(this.#now, Math.min(delayMs, maxDelayMs)), callback };
    const place = this.#armed.findLastIndex(({ dueAt }) => dueAt <= armed.dueAt) + 1;
    this.#armed = this.#armed.toSpliced(place, 0, armed);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  /** How many callbacks are armed: 0 when nothing was left behind. */
  get pending(): number {
    return this.#armed.length;
  }

  /**
   * Moves on by `ms`, stopping at each callback that is due by then, in order of time and then of scheduling.
   * Those scheduled on the way count. `advance(0)` fires what is due now.
   *
   * @throws whatever a callback throws; the clock then stands where it was thrown.
   */
  advance(ms: number): void {
    const target = this.#depart(ms);
    try {
      while (this.#fireNext(target));
      this.#reach(target);
    } finally {
      this.#isAdvancing = false;
    }
  }

  /**
   * Like `advance`, but lets promises settle first and after each callback.
   * It does so by waiting for a task of the real event loop, before which the runtime runs every reaction that is ready.
   * Promises that wait for real input or output are not waited for.
   */
  async advanceAsync(ms: number): Promise<void> {
    const target = this.#depart(ms);
    try {
      await turn();
      while (this.#fireNext(target)) await turn();
      this.#reach(target);
    } finally {
      this.#isAdvancing = false;
    }
  }

  /** Lets promises settle and fires what is due now, until neither is left. */
  settle(): Promise<void> {
    return this.advanceAsync(0);
  }

  /**
   * Lets `ms` pass in which nothing fires: a blocked loop, a laptop that sleeps.
   * What came due meanwhile fires late, at the next `advance`.
   */
  stall(ms: number): void {
    this.#now = after(this.#now, checked(ms));
    this.#callbacksAtOnce = 0;
  }

  #depart(ms: number): Instant {
    if (this.#isAdvancing) throw new Error("the clock is already advancing: a callback may only stall() it");
    const target = after(this.#now, checked(ms));
    this.#isAdvancing = true;
    return target;
  }

  #fireNext(target: Instant): boolean {
    const [next, ...rest] = this.#armed;
    if (!next || next.dueAt > Math.max(target, this.#now)) return false;
    this.#reach(next.dueAt);
    if (++this.#callbacksAtOnce > maxCallbacksAtOnce) {
      throw new Error(
        `more than ${maxCallbacksAtOnce} callbacks at ${this.#now} ms: one schedules itself without delay`,
      );
    }
    this.#armed = rest;
    next.callback();
    return true;
  }

  #reach(instant: Instant): void {
    if (instant <= this.#now) return;
    this.#now = instant;
    this.#callbacksAtOnce = 0;
  }
}

/** Written here, because importing core's would load core: this package takes only its types. */
function after(instant: Instant, ms: number): Instant {
  return (instant + ms) as Instant;
}

function checked(ms: number): number {
  if (ms >= 0 && ms < Infinity) return ms;
  throw new RangeError(`ms is ${ms}, but time only goes forward`);
}
