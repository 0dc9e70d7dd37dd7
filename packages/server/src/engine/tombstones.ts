import { after, type Instant } from "@holdfast/core/session";

/** What a dead session leaves: its answer to whoever asks for it. PROTOCOL.md section 6.4. */
export interface Tombstone {
  readonly tokenHashes: readonly string[];
  readonly identityId: string;
  readonly reason: string;
  /** Offset of the last record of the client's that was handed over. */
  readonly received: number;
  readonly until: Instant;
}

const keptForMs = 24 * 60 * 60 * 1_000;

/** Bounded in number and time. */
export class Tombstones {
  readonly #max: number;
  readonly #all: Map<string, Tombstone> = new Map();

  constructor(max: number) {
    this.#max = max;
  }

  set(id: string, stone: Omit<Tombstone, "until">, now: Instant): void {
    this.#all.set(id, { ...stone, until: after(now, keptForMs) });
    // Oldest first, as a Map keeps them.
    for (const [oldest, { until }] of this.#all) {
      if (this.#all.size <= this.#max && until > now) break;
      this.#all.delete(oldest);
    }
  }

  get(id: string, now: Instant): Tombstone | undefined {
    const stone = this.#all.get(id);
    return stone && stone.until > now ? stone : undefined;
  }
}

/** Whether two hashes are the same, in a time that does not depend on where they differ. */
export function isSameHash(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i % b.length);
  return difference === 0;
}
