import type { Undo } from "./emitter.ts";

/** Calls `act` once `signal` aborts, now if it has. Returns the undo. */
export function heed(signal: AbortSignal | undefined, act: () => void): Undo {
  signal?.addEventListener("abort", act);
  if (signal?.aborted) act();
  return () => signal?.removeEventListener("abort", act);
}
