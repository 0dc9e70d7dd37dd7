import type { Kept } from "./outbox.ts";

/** What becomes of each record of a lost session. */
export interface Aftermath {
  /** The peer had it, and nothing more was expected. */
  readonly delivered: readonly Kept[];
  /** Goes out in the new session, in this order; without an offset what never arrived. A stream is opened from its cursor, if it has one. */
  readonly again: readonly Kept[];
  /** Fails: it may have been handed over, or was, and its answer is gone. */
  readonly inDoubt: readonly Kept[];
}

/**
 * Settles a lost session, whose peer had handed over everything up to `received`, or cannot tell (`undefined`).
 * `kept` is in the order of sending: asks that were acknowledged and not answered (offset 0), and unacknowledged records.
 * What speaks of an ask ends with its session: the other end has settled it as well. PROTOCOL.md section 6.1.
 */
export function settleLost(kept: readonly Kept[], received: number | undefined): Aftermath {
  const delivered: Kept[] = [];
  const again: Kept[] = [];
  const inDoubt: Kept[] = [];
  for (const one of kept) {
    const { offset, record } = one;
    const { kind, idempotent } = record;
    if (kind === "answer") continue;
    // What is no number is not less: it was never written.
    const mayHaveArrived = (offset as number) <= (received ?? Infinity);
    if (!mayHaveArrived) again.push({ record, offset: record.offset });
    else if (kind === "event" && received !== undefined) delivered.push(one);
    else if (idempotent || kind === "stream") again.push(one);
    else inDoubt.push(one);
  }
  return { delivered, again, inDoubt };
}
