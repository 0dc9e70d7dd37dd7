/** How both clients hold on. Shorter than the defaults, so that one can watch; and without jitter, for two clients are no herd. */
export const patience = {
  backoff: { initialMs: 1_500, maxMs: 8_000, jitter: "none" },
  dialTimeoutMs: 3_000,
  closeTimeoutMs: 1_000,
} as const;

/** The server's, for all of its links. A dead one is found within the sum of the two. */
export const heartbeat = { intervalMs: 1_000, timeoutMs: 500 } as const;

/** What waits is given so long to arrive before a goodbye. */
export const drainMs = 1_000;
