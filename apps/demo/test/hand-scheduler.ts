import { type VirtualClock, virtualClock } from "@holdfast/testing";
import type { Scheduler, SchedulerTimer } from "chokidar";

/** A watcher's time, which stands still until the test moves it. */
export class HandScheduler implements Scheduler {
  readonly #clock: VirtualClock;
  readonly #timers: Map<SchedulerTimer, { readonly delayMs: number; readonly undo: () => void }> = new Map();

  constructor(startEpochMs: number = Date.now()) {
    this.#clock = virtualClock({ startEpochMs });
  }

  now(): number {
    return this.#clock.epochMs();
  }

  setTimeout(callback: () => void, delayMs: number): SchedulerTimer {
    const timer: SchedulerTimer = { ref: () => timer, unref: () => timer };
    const undo = this.#clock.schedule(delayMs, () => {
      this.#timers.delete(timer);
      callback();
    });
    this.#timers.set(timer, { delayMs, undo });
    return timer;
  }

  clearTimeout(timer: SchedulerTimer | undefined): void {
    if (timer === undefined) return;
    this.#timers.get(timer)?.undo();
    this.#timers.delete(timer);
  }

  /** Whether somebody waits for so long. */
  isArmed(delayMs: number): boolean {
    return [...this.#timers.values()].some((timer) => timer.delayMs === delayMs);
  }

  advance(ms: number): void {
    this.#clock.advance(ms);
  }
}
