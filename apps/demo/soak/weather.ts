import { setTimeout as pause } from "node:timers/promises";
import { seededRandom } from "@holdfast/testing";
import type { Fault } from "../src/shared/settings.ts";
import type { Person } from "../test/person.ts";

const everyMs = 2_000;
/** A black hole of more than 1.5 s is found by the heartbeats, a shorter one delays. */
const blackHoleMs = { min: 500, max: 1_900 };
const kinds = ["cut", "half-open", "blackhole", "latency", "throttle", "storm", "restart", "deploy"] as const;

/** Everything that the laboratory can do to a network, one after the other, by a chance that can be had again. */
export class Weather {
  /** How often each was caused. */
  readonly counts: Map<Fault, number> = new Map(kinds.map((kind) => [kind, 0]));
  readonly #random: ReturnType<typeof seededRandom>;
  readonly #person: Person;

  constructor(person: Person, seed: number) {
    this.#person = person;
    this.#random = seededRandom(seed);
  }

  /** Is bad until `signal` aborts, and fine then. */
  async rage(signal: AbortSignal): Promise<void> {
    try {
      for (;;) {
        const startedAtMs = performance.now();
        const kind = this.#random.pick(kinds);
        await this.#cause(kind);
        if (kind === "blackhole") {
          await pause(this.#random.integer(blackHoleMs.min, blackHoleMs.max), undefined, { signal });
          await this.#person.cause("heal");
        }
        const restMs = Math.max(0, startedAtMs + everyMs - performance.now());
        await pause(restMs, undefined, { signal });
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    await this.#person.cause("heal");
  }

  async #cause(kind: (typeof kinds)[number]): Promise<void> {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    await this.#person.cause(kind);
  }
}
