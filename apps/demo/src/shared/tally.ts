import * as z from "zod/mini";
import { add, has, Ranges } from "./numbers.ts";

/** A {@link Tally} in writing. */
export const KeptTally = z.object({ received: Ranges, doubled: z.int() });

/** What really arrived of the numbers that the other end gave. The same on both ends. */
export class Tally {
  #received: Ranges;
  #doubled: number;

  constructor({ received, doubled }: { readonly received: Ranges; readonly doubled: number } = fresh) {
    this.#received = received;
    this.#doubled = doubled;
  }

  /** One arrived. */
  count(n: number): void {
    if (has(this.#received, n)) this.#doubled++;
    else this.#received = add(this.#received, n);
  }

  get received(): Ranges {
    return this.#received;
  }

  /** How many arrived although they had arrived before. */
  get doubled(): number {
    return this.#doubled;
  }

  get kept(): z.output<typeof KeptTally> {
    return { received: this.#received, doubled: this.#doubled };
  }
}

const fresh = { received: [], doubled: 0 };
