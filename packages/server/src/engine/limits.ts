import type { Heartbeat } from "./pulse.ts";
import type { ServerEndLimits } from "./server-end.ts";

/** What one server bears, all sessions together and each for itself. */
export interface ServerLimits extends ServerEndLimits {
  readonly maxMessageBytes: number;
  /** Bound of all outboxes together; above it the one that holds most is dropped. */
  readonly outboxTotalBytes: number;
  /** All that are not over; above it the one that has waited longest for its client ends. */
  readonly sessions: number;
  /** Sessions of one identity; above it the oldest without a link ends. */
  readonly sessionsPerIdentity: number;
  /** Dead sessions whose end is remembered. */
  readonly tombstones: number;
  /** How long a session outlives its link. */
  readonly resumeWithinMs: number;
  readonly heartbeat: Heartbeat;
}
