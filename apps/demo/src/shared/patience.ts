/** How both clients hold on. Shorter than the defaults, so that one can watch; and without jitter, for two clients are no herd. */
export const patience = {
  backoff: { initialMs: 1_500, maxMs: 8_000, jitter: "none" },
  dialTimeoutMs: 3_000,
  closeTimeoutMs: 1_000,
} as const;

/** When a silent link is asked for a sign of life, and how long it is given. A dead one is found within the sum of the two. */
export interface Heartbeat {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** The server's, for all of its links. */
export const heartbeat: Heartbeat = { intervalMs: 1_000, timeoutMs: 500 };

/** What waits is given so long to arrive before a goodbye. */
export const drainMs = 1_000;
