/** How a WebSocket ended, as RFC 6455 section 7.1.5 tells it; `httpStatus` where a refused upgrade shows one (Node). */
export interface Close {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
  readonly httpStatus?: number | undefined;
  /** What the runtime said, if it said anything. For people and logs, never to decide by. */
  readonly error?: unknown;
}

/** What a connection does about a close: dial again, or give up. */
export type Verdict = "retry" | "stop";

/**
 * The default verdict on a close code. Total: what is not named here is retried.
 *
 * - 1000: the peer said that it is done.
 * - 1002, 1007, 1009: we sent something it cannot take; sending it again would end the same way.
 * - 4000-4099: the range in which Holdfast servers say "do not come back".
 */
export function verdictOf(code: number): Verdict {
  const done = code === 1000 || code === 1002 || code === 1007 || code === 1009;
  return done || (code >= 4000 && code < 4100) ? "stop" : "retry";
}
