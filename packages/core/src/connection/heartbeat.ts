import { after, type Instant, never } from "../protocol/instant.ts";
import type { Vitals } from "./event.ts";
import type { HeartbeatPolicy } from "./policy.ts";

/** Liveness of an open link: nothing is owed until `deadline`, or a ping is out and owed an answer by then. */
export type Heartbeat =
  | { readonly phase: "quiet"; readonly deadline: Instant }
  | {
      readonly phase: "pinged";
      readonly deadline: Instant;
      /** When the ping was written, and what was known then. */
      readonly at: Instant;
      readonly vitals: Vitals;
      /** How many late deadlines were forgiven. */
      readonly probes: number;
    };

/** Later than this, a deadline says more about our own loop than about the peer. */
const lateMs = 100;
/** What a probe is given to come back. */
const probeMs = 3_000;
/** In a throttled tab every deadline is late, so forgiving must end. */
const maxProbes = 2;

/** The heartbeat of a link that was heard at `heardAt`. */
export function rest(policy: HeartbeatPolicy | undefined, heardAt: Instant): Heartbeat {
  return { phase: "quiet", deadline: policy ? after(heardAt, policy.intervalMs) : never };
}

/** A ping out of turn, because something may have happened while nobody looked. */
export function probe(now: Instant, vitals: Vitals, probes = 1): Heartbeat {
  return { phase: "pinged", deadline: after(now, probeMs), at: now, vitals, probes };
}

/**
 * What the heartbeat becomes when its deadline has passed. A new `pinged` means that a ping is due.
 * The deadline of a ping starts when it is written, not at the last sign of life, and one that fires late probes before it kills.
 */
export function look(
  heartbeat: Heartbeat,
  policy: HeartbeatPolicy,
  now: Instant,
  vitals: Vitals,
): Heartbeat | "dead" {
  if (heartbeat.phase === "pinged" && !isAlive(heartbeat.at, heartbeat.vitals, vitals)) {
    const isLate = now - heartbeat.deadline > lateMs;
    return isLate && heartbeat.probes < maxProbes
      ? probe(now, vitals, heartbeat.probes + 1)
      : "dead";
  }
  const answered = heartbeat.phase === "pinged" && vitals.heardAt < heartbeat.at;
  const resting = rest(policy, answered ? now : vitals.heardAt);
  return resting.deadline > now
    ? resting
    : { phase: "pinged", deadline: after(now, policy.timeoutMs), at: now, vitals, probes: 0 };
}

/**
 * Whether the peer lives. Anything heard is life. So is a send buffer that drains, but only if it was full when the
 * ping was written: an empty one drains into the kernel of this machine, which proves nothing.
 */
function isAlive(pingedAt: Instant, then: Vitals, now: Vitals): boolean {
  return (
    now.heardAt >= pingedAt || (then.bufferedBytes > 0 && now.sentBytes > then.sentBytes)
  );
}
