import * as z from "zod/mini";
import { add, has, Ranges } from "./numbers.ts";

/** A {@link Tally} in writing. */
export const KeptTally = z.object({ received: Ranges, doubled: z.int(), reordered: z.int() });
export type KeptTally = z.output<typeof KeptTally>;

const fresh: KeptTally = { received: [], doubled: 0, reordered: 0 };

/** What really arrived of the numbers that the other end gave. The same on both ends. */
export class Tally {
  #kept: KeptTally;

  constructor(kept: KeptTally = fresh) {
    this.#kept = kept;
  }

  /** One arrived. */
  count(n: number): void {
    const { received, doubled, reordered } = this.#kept;
    const isDouble = has(received, n);
    const isLate = !isDouble && n < (received.at(-1)?.[1] ?? 0);
    this.#kept = {
      received: isDouble ? received : add(received, n),
      doubled: doubled + (isDouble ? 1 : 0),
      reordered: reordered + (isLate ? 1 : 0),
    };
  }

  get received(): Ranges {
    return this.#kept.received;
  }

  /** How many arrived although they had arrived before. */
  get doubled(): number {
    return this.#kept.doubled;
  }

  /** How many arrived behind one that was said later. */
  get reordered(): number {
    return this.#kept.reordered;
  }

  get kept(): KeptTally {
    return this.#kept;
  }
}
