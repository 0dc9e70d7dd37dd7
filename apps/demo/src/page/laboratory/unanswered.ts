import type { Row } from "../../shared/row.ts";

/** Longer than an answer takes on a fine network, and the look that counts it. */
const patienceMs = 2_000;

/** What was sent in one direction, and is neither received nor known to be lost. */
export class Unanswered {
  #count = 0;
  #received = 0;
  #sinceMs = 0;

  /** How it is now. */
  look({ sent, received, lost }: Row, nowMs: number): void {
    if (this.#count === 0 || received !== this.#received) this.#sinceMs = nowMs;
    this.#count = sent - received - lost;
    this.#received = received;
  }

  /** How many there are. */
  get count(): number {
    return this.#count;
  }

  /** Whether there are some, and nothing has been received for so long that something must be the matter. */
  isLong(nowMs: number): boolean {
    return this.#count > 0 && nowMs - this.#sinceMs > patienceMs;
  }
}
