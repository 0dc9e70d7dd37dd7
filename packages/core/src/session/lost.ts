import type { Outgoing } from "./outbox.ts";

/** What a session kept of a record that it sent, beyond its ack where an answer is owed. */
export interface Kept {
  readonly record: Outgoing;
  /** `undefined`: never written. */
  readonly offset: number | undefined;
  /** Whether it may be sent again when nobody can tell if it arrived. */
  readonly idempotent: boolean;
  /**
   * An `ask` (a call, an opened stream) is owed an answer, so its arrival is not enough. What speaks of somebody's ask
   * (a result, an item, a credit ...) means nothing outside its session.
   */
  readonly kind: "event" | "ask" | "about an ask";
}

/** What becomes of each record of a lost session. */
export interface Aftermath {
  /** The peer had it, and nothing more was expected. */
  readonly delivered: readonly Kept[];
  /** Ends with its session: the other end has settled the ask as well. */
  readonly moot: readonly Kept[];
  /** Goes out in the new session, in this order; asks under new ids. */
  readonly again: readonly Kept[];
  /** Fails: it may have been handed over, or was, and its answer is gone. */
  readonly inDoubt: readonly Kept[];
}

/**
 * Settles a lost session, whose peer had handed over everything up to `received`, or cannot tell (`undefined`).
 * `kept` is in the order of sending: unacknowledged records, and asks that were acknowledged and not answered.
 * PROTOCOL.md section 6.1.
 */
export function settleLost(kept: readonly Kept[], received: number | undefined): Aftermath {
  const delivered: Kept[] = [];
  const moot: Kept[] = [];
  const again: Kept[] = [];
  const inDoubt: Kept[] = [];
  for (const one of kept) {
    const fate = fateOf(one, received);
    if (one.kind === "about an ask") moot.push(one);
    else if (fate === "delivered") delivered.push(one);
    else if (fate === "never arrived" || one.idempotent) again.push(one);
    else inDoubt.push(one);
  }
  return { delivered, moot, again, inDoubt };
}

function fateOf(
  { offset, kind }: Kept,
  received: number | undefined,
): "delivered" | "never arrived" | "in doubt" {
  if (offset === undefined) return "never arrived";
  if (received === undefined) return "in doubt";
  if (offset > received) return "never arrived";
  return kind === "ask" ? "in doubt" : "delivered";
}
