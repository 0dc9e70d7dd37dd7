import type { Instant } from "../protocol/instant.ts";
import type { Clock } from "../ports/clock.ts";

/** The clock of this runtime. Looks the globals up when asked, so that importing it touches none. */
export const systemClock: Clock = {
  now: () => performance.now() as Instant,
  epochMs: () => Date.now(),
  random: () => Math.random(),
  schedule(delayMs, callback) {
    // Timers count whole milliseconds and begin at one that is already running: without this they come too early.
    const timer = setTimeout(callback, Math.min(Math.ceil(delayMs) + 1, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};
