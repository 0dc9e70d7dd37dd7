import type { Clock } from "../ports/clock.ts";
import { closed, type ConnectionState } from "./connection-state.ts";
import type { Undo } from "./emitter.ts";
import { offer, wait, type WaitOptions } from "./wait.ts";

/** Something with an end. */
export interface Ending {
  readonly clock: Clock;
  readonly snapshot: ConnectionState;
  /** Calls `listener` when it is over. */
  onEnd(listener: () => void): Undo;
}

/** Waits for an event that `listen` tells, unless the end comes first. */
export function waitUntil<T>(
  ending: Ending,
  listen: (listener: (event: T) => void) => Undo,
  how: WaitOptions = {},
  where: (event: T) => boolean = () => true,
): Promise<T> {
  return wait<T>(ending.clock, how, (waiter) => {
    const isOver = (): void => {
      const { snapshot } = ending;
      if (snapshot.phase === "ended") waiter.reject(snapshot.cause ?? closed());
    };
    const undos = [listen(offer(where, waiter)), ending.onEnd(isOver)];
    isOver();
    return () => undos.forEach((undo) => undo());
  });
}
