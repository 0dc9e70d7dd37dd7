import type { Clock, Instant } from "@holdfast/core";

/** The time of one page or process: it stands still while that is frozen, and ends with it. */
export class Lifetime implements Clock {
  readonly #clock: Clock;
  readonly #armed: Set<() => void> = new Set();
  #phase: "live" | "frozen" | "over" = "live";
  /** What came while it was frozen, in that order. */
  #waiting: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isLive(): boolean {
    return this.#phase === "live";
  }

  get isOver(): boolean {
    return this.#phase === "over";
  }

  /** How many callbacks are armed. */
  get pending(): number {
    return this.#armed.size;
  }

  now(): Instant {
    return this.#clock.now();
  }

  epochMs(): number {
    return this.#clock.epochMs();
  }

  random(): number {
    return this.#clock.random();
  }

  schedule(delayMs: number, callback: () => void): () => void {
    if (this.isOver) return () => {};
    let isCancelled = false;
    const run = (): void => {
      if (!isCancelled) callback();
    };
    const undo = this.#clock.schedule(delayMs, () => {
      this.#armed.delete(cancel);
      this.enter(run);
    });
    const cancel = (): void => {
      isCancelled = true;
      this.#armed.delete(cancel);
      undo();
    };
    this.#armed.add(cancel);
    return cancel;
  }

  /** Something comes from outside: now, when it is awake again, or never. */
  enter(act: () => void): void {
    if (this.isOver) return;
    if (this.#phase === "live" && !this.#waiting.length) act();
    else this.#waiting.push(act);
  }

  freeze(): void {
    if (this.isLive) this.#phase = "frozen";
  }

  /** Goes on; what came meanwhile comes first, each in a turn of its own. */
  thaw(): void {
    if (this.isOver) return;
    this.#phase = "live";
    if (this.#waiting.length) this.#clock.schedule(0, () => this.#next());
  }

  end(): void {
    this.#phase = "over";
    this.#waiting = [];
    for (const cancel of this.#armed) cancel();
  }

  #next(): void {
    if (!this.isLive) return;
    this.#waiting.shift()?.();
    if (this.#waiting.length) this.#clock.schedule(0, () => this.#next());
  }
}
