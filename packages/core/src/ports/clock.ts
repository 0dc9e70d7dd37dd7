import type { Instant } from "../protocol/instant.ts";

/**
 * Where a driver gets time and chance.
 *
 * - `now` MUST NOT go back.
 * - `schedule` MUST call back once, no earlier than the delay, never synchronously, and not at all once cancelled.
 * - Cancelling twice or too late MUST be harmless.
 */
export interface Clock {
  /** A point on a scale of its own. */
  now(): Instant;
  /** The same moment on `Date.now()`'s scale. */
  epochMs(): number;
  /** Chance, in [0, 1). */
  random(): number;
  /** Calls back after `delayMs` (from 0 to 2^31-1); returns the undo. */
  schedule(delayMs: number, callback: () => void): () => void;
}
