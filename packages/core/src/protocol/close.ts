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
 * The default verdict on a close. Total: what is not named here is retried.
 *
 * - 1000: the peer said that it is done.
 * - 1009, and 1002 or 1007 from the peer: one of us sends what the other cannot take, and would again.
 *   (A frame that was broken on the way is our own 1002 or 1007, and not clean.)
 * - 4000-4099: the range in which Holdfast servers say "do not come back".
 */
export function verdictOf({ code, wasClean }: Close): Verdict {
  const isRefused = code === 1009 || (wasClean && (code === 1002 || code === 1007));
  return code === 1000 || isRefused || (code >= 4000 && code < 4100) ? "stop" : "retry";
}
