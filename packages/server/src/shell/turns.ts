import { type Clock, type NextRound, roundsLater } from "@holdfast/core/exchange";

/** So many of a crowd are served before others have the loop again: a message to thousands must not keep it. */
const mostAtOnce = 64;

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
  #isWaiting = false;

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
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    roundsLater(() => this.#endPatience(), this.#nextRound, this.#clock);
  }

  #endPatience(): void {
    this.#isWaiting = false;
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
