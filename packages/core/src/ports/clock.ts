import type { Instant } from "../protocol/instant.ts";

/**
 * Where a driver gets time and chance.
 *
 * - `now` MUST NOT go back.
 * - `schedule` MUST call back once, no earlier than the delay or than 2^31-1 ms, the most that timers take, never synchronously, and not at all once cancelled.
 * - Cancelling twice or too late MUST be harmless.
 */
export interface Clock {
  /** A point on a scale of its own. */
  now(): Instant;
  /** The same moment on `Date.now()`'s scale, in whole milliseconds. */
  epochMs(): number;
  /** Chance, in [0, 1). */
  random(): number;
  /** Calls back after `delayMs`, 2^31-1 at the latest; returns the undo. */
  schedule(delayMs: number, callback: () => void): () => void;
}
