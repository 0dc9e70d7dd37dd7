/** How both clients hold on. Shorter than the defaults, so that one can watch; and without jitter, for two clients are no herd. */
export const patience = {
  backoff: { initialMs: 1_500, maxMs: 8_000, jitter: "none" },
  dialTimeoutMs: 3_000,
  closeTimeoutMs: 1_000,
} as const;

/** A dead link is found within the sum of the two. */
export const heartbeat = { intervalMs: 2_000, timeoutMs: 1_000 } as const;

/** The heartbeat of a page, which cannot send the protocol's own pings. */
export const ping = "ping";
/** What the server answers to {@link ping}. */
export const pong = "pong";
