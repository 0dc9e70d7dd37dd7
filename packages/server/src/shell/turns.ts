import type { Clock } from "@holdfast/core/exchange";
import { after, type Instant, never } from "@holdfast/core/session";

/** Calls back in the next round of the event loop, after what has arrived meanwhile. */
export type NextRound = (callback: () => void) => void;

/** So many of a crowd are served before others have the loop again: a message to thousands must not keep it. */
const mostAtOnce = 64;
/** So many rounds wait what can wait: of an idle loop they take no time, of a busy one they save as many writes. */
const patientRounds = 8;
/** And no longer than this, if rounds are slow. */
const patientMs = 1;

/** When each of many is served: by the end of the turn, one part of a crowd after the other, or a few rounds later if it can wait. */
export class Turns<T> {
  readonly #serve: (one: T) => void;
  readonly #nextRound: NextRound;
  readonly #clock: Clock;
  readonly #due: Set<T> = new Set();
  #isRunning = false;
  readonly #crowd: Set<T> = new Set();
  #isPassing = false;
  readonly #patient: Set<T> = new Set();
  #roundsLeft = 0;
  #patientUntil: Instant = never;

  constructor(serve: (one: T) => void, nextRound: NextRound, clock: Clock) {
    this.#serve = serve;
    this.#nextRound = nextRound;
    this.#clock = clock;
  }

  /** Whether it will be served anyway. */
  has(one: T): boolean {
    return this.#due.has(one) || this.#crowd.has(one) || this.#patient.has(one);
  }

  /** By the end of the turn. */
  soon(one: T): void {
    this.#due.add(one);
    if (this.#isRunning) return;
    this.#isRunning = true;
    void Promise.resolve().then(() => this.#run());
  }

  /** By the end of the turn, or if there are many like it when it has its turn. */
  among(one: T): void {
    this.#crowd.add(one);
    if (this.#isPassing) return;
    this.#isPassing = true;
    void Promise.resolve().then(() => this.#pass());
  }

  /** With whatever else makes it due, or a few rounds later. */
  later(one: T): void {
    this.#patient.add(one);
    if (this.#roundsLeft) return;
    this.#roundsLeft = patientRounds;
    this.#patientUntil = after(this.#clock.now(), patientMs);
    this.#nextRound(() => this.#wait());
  }

  #wait(): void {
    if (--this.#roundsLeft && this.#clock.now() < this.#patientUntil) {
      return this.#nextRound(() => this.#wait());
    }
    this.#roundsLeft = 0;
    for (const one of this.#patient) this.soon(one);
    this.#patient.clear();
  }

  #run(): void {
    for (const one of this.#due) this.#serveNow(one);
    this.#isRunning = false;
  }

  #pass(): void {
    let left = mostAtOnce;
    for (const one of this.#crowd) {
      if (left-- === 0) return this.#nextRound(() => this.#pass());
      this.#serveNow(one);
    }
    this.#isPassing = false;
  }

  #serveNow(one: T): void {
    this.#due.delete(one);
    this.#crowd.delete(one);
    this.#patient.delete(one);
    this.#serve(one);
  }
}
