import type { Clock } from "@holdfast/core/exchange";
import { type Instant, never } from "@holdfast/core/session";

/** Something with a deadline that may move. */
export interface Waker {
  /** The time has come, or was moved since: does what is due and says when to look again, or `never`. */
  wake(now: Instant): Instant;
}

/** Deadlines are met within so much. */
const slotMs = 20;

/** One timer for any number of deadlines: moving one costs nothing until it would have come. */
export class Wheel {
  readonly #clock: Clock;
  readonly #slots: Map<number, Set<Waker>> = new Map();
  readonly #places: Map<Waker, number> = new Map();
  #armed = Infinity;
  #disarm: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Wakes `waker` at `at`, or at its older deadline if that is earlier: it looks for itself. */
  set(waker: Waker, at: Instant): void {
    if (at === never) return;
    const slot = Math.ceil(at / slotMs);
    const place = this.#places.get(waker);
    if (place !== undefined && place <= slot) return;
    this.delete(waker);
    this.#places.set(waker, slot);
    const wakers = this.#slots.get(slot) ?? new Set();
    this.#slots.set(slot, wakers.add(waker));
    this.#arm(slot);
  }

  delete(waker: Waker): void {
    const place = this.#places.get(waker);
    if (place === undefined) return;
    this.#places.delete(waker);
    const wakers = this.#slots.get(place);
    wakers?.delete(waker);
    if (!wakers?.size) this.#slots.delete(place);
  }

  /** Nobody is woken any more. */
  stop(): void {
    this.#disarm?.();
    this.#slots.clear();
    this.#places.clear();
    this.#armed = Infinity;
  }

  #arm(slot: number): void {
    if (slot >= this.#armed) return;
    this.#disarm?.();
    this.#armed = slot;
    // A deadline may have passed before it was set: a hello takes its time.
    const delayMs = Math.max(0, slot * slotMs - this.#clock.now());
    this.#disarm = this.#clock.schedule(delayMs, () => this.#turn());
  }

  #turn(): void {
    const now = this.#clock.now();
    const last = Math.floor(now / slotMs);
    let slot = this.#armed;
    this.#armed = Infinity;
    this.#disarm = undefined;
    for (; slot <= last; slot++) {
      const wakers = this.#slots.get(slot);
      this.#slots.delete(slot);
      for (const waker of wakers ?? []) {
        this.#places.delete(waker);
        this.set(waker, waker.wake(now));
      }
    }
    const next = this.#after(last);
    if (next < Infinity) this.#arm(next);
  }

  /** The first slot after this one that has anybody. Where there are many, it is near. */
  #after(slot: number): number {
    for (let ahead = 1; ahead <= this.#slots.size; ahead++) {
      if (this.#slots.has(slot + ahead)) return slot + ahead;
    }
    let first = Infinity;
    for (const other of this.#slots.keys()) first = Math.min(first, other);
    return first;
  }
}
