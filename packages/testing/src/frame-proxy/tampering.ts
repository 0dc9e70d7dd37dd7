import type { Data } from "@holdfast/core";
import type { SeededRandom } from "../random/seeded-random.ts";
import { type FrameFault, frameFaults, type PerFault } from "./frame-fault.ts";
import { truncated } from "./truncated.ts";

/** What tampering goes by. */
export interface TamperingParts {
  readonly chances: Readonly<PerFault>;
  /** What was done is counted here. */
  readonly counts: PerFault;
  readonly random: SeededRandom;
  readonly touches: (text: string) => boolean;
  /** A message came. */
  readonly came: () => void;
}

/** So many messages can be replayed. */
const historySize = 64;

/** What becomes of the messages of one direction of one link. */
export class Tampering {
  readonly #parts: TamperingParts;
  /** Texts as they were passed, without what may not be touched. */
  readonly #history: string[] = [];
  /** One text, twice if it was doubled. */
  #held: readonly string[] = [];

  constructor(parts: TamperingParts) {
    this.#parts = parts;
  }

  /** What is passed when `message` came, in this order. */
  pass(message: Data): readonly Data[] {
    const { random, touches, came } = this.#parts;
    came();
    if (typeof message !== "string" || !touches(message)) return this.#overtake([message]);
    // As many for every message, so that what becomes of one does not depend on the faults of those before it.
    const hit = new Set(frameFaults.filter((fault) => random.next() < this.#parts.chances[fault]));
    const [cutRoll, pickRoll] = [random.next(), random.next()];

    const again = hit.has("replay") ? this.#history[Math.floor(pickRoll * this.#history.length)] : undefined;
    const copies = this.#copiesOf(message, hit, cutRoll);
    const isHeld = hit.has("reorder") && this.#held.length === 0;
    if (isHeld) this.#held = copies;
    const passed = isHeld ? [] : this.#overtake(this.#remember(copies));
    if (again === undefined) return passed;
    this.#parts.counts.replay++;
    return [...passed, again];
  }

  /** What was held, and is not any more. */
  release(): readonly Data[] {
    const held = this.#remember(this.#held);
    this.#held = [];
    return held;
  }

  #copiesOf(text: string, hit: ReadonlySet<FrameFault>, cutRoll: number): readonly string[] {
    const { counts } = this.#parts;
    if (hit.has("drop")) {
      counts.drop++;
      return [];
    }
    const isCut = hit.has("truncate") && text !== "";
    if (isCut) counts.truncate++;
    const passed = isCut ? truncated(text, cutRoll) : text;
    if (!hit.has("double")) return [passed];
    counts.double++;
    return [passed, passed];
  }

  /** What passes, and after it what was held for it. */
  #overtake(passed: readonly Data[]): readonly Data[] {
    if (passed.length === 0 || this.#held.length === 0) return passed;
    this.#parts.counts.reorder++;
    return [...passed, ...this.release()];
  }

  #remember(copies: readonly string[]): readonly string[] {
    this.#history.push(...copies.slice(0, 1));
    if (this.#history.length > historySize) this.#history.shift();
    return copies;
  }
}
