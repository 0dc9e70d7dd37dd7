import type { Clock } from "../ports/clock.ts";
import { after } from "../protocol/instant.ts";

/** Calls back in the next round of the event loop, after what has arrived meanwhile. */
export type NextRound = (callback: () => void) => void;

/** What follows one message within so much time is a flow, and can wait; whoever answers an answer takes longer. */
export const flowMs = 0.05;

/** Of an idle loop so many rounds take no time, of a busy one they save as many writes. */
const patientRounds = 8;
const patientMs = 1;

/** Acts a few rounds of the event loop later, or after a millisecond if rounds are slow. */
export function roundsLater(act: () => void, nextRound: NextRound, clock: Pick<Clock, "now">): void {
  let roundsLeft = patientRounds;
  const until = after(clock.now(), patientMs);
  const wait = (): void => (--roundsLeft && clock.now() < until ? nextRound(wait) : act());
  nextRound(wait);
}
