import { type Clock, systemClock, type Turn } from "@holdfast/core";
import { flowMs, type NextRound, roundsLater } from "@holdfast/core/exchange";

/**
 * A flow of messages that come turn by turn, and that nobody awaits, shares frames: each is written a few rounds of the event loop later,
 * with those that came meanwhile. The first of a flow does not wait.
 */
export function patience(nextRound: NextRound = setImmediate, clock: Pick<Clock, "now"> = systemClock): Turn {
  let lastAt: number = -Infinity;
  let isWaiting = false;

  /** Whether it waits. */
  function waits(flush: () => void): boolean {
    if (isWaiting) return true;
    const now = clock.now();
    const isFlow = now - lastAt < flowMs;
    lastAt = now;
    if (!isFlow) return false;
    isWaiting = true;
    roundsLater(
      () => {
        isWaiting = false;
        lastAt = clock.now();
        flush();
      },
      nextRound,
      clock,
    );
    return true;
  }

  return (flush, canWait) => (canWait && waits(flush) ? undefined : Promise.resolve().then(flush));
}
