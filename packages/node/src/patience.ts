import { type Clock, systemClock, type Turn } from "@holdfast/core";

/** What follows one message within so much time is a flow; whoever answers an answer takes longer. */
const flowMs = 0.05;
/** So many rounds of the event loop wait what can wait: of an idle loop they take no time, of a busy one they save as many writes. */
const patientRounds = 8;
/** And no longer than this, if rounds are slow. */
const patientMs = 1;

/**
 * A flow of messages that come turn by turn, and that nobody awaits, shares frames: each is written a few rounds of the event loop later,
 * with those that came meanwhile. The first of a flow does not wait.
 */
export function patience(
  nextRound: (callback: () => void) => void = setImmediate,
  clock: Pick<Clock, "now"> = systemClock,
): Turn {
  let lastAt: number = -Infinity;
  let roundsLeft = 0;

  function wait(flush: () => void): void {
    const now = clock.now();
    if (--roundsLeft && now - lastAt < patientMs) return nextRound(() => wait(flush));
    roundsLeft = 0;
    lastAt = now;
    flush();
  }

  /** Whether it waits. */
  function waits(flush: () => void): boolean {
    if (roundsLeft) return true;
    const now = clock.now();
    const isFlow = now - lastAt < flowMs;
    lastAt = now;
    if (!isFlow) return false;
    roundsLeft = patientRounds;
    nextRound(() => wait(flush));
    return true;
  }

  return (flush, canWait) => (canWait && waits(flush) ? undefined : Promise.resolve().then(flush));
}
