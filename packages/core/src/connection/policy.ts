/** The numbers a connection decides by. Data only: what the user wrote as a function is asked for by the effect `judge`. */
export interface Policy {
  readonly backoff: Backoff;
  readonly dialTimeoutMs: number;
  readonly closeTimeoutMs: number;
  readonly stableAfterMs: number;
  /** Ping after `intervalMs` without a byte from the peer; give it `timeoutMs` from then on. */
  readonly heartbeat: { readonly intervalMs: number; readonly timeoutMs: number } | undefined;
}

/** How long to wait between attempts, and how many to make. */
export interface Backoff {
  /** The window of the first retry. */
  readonly initialMs: number;
  /** No window is larger. */
  readonly maxMs: number;
  /** By how much the window grows with each failure. */
  readonly factor: number;
  /** `"full"`: anywhere in the window, so that a herd spreads. `"none"`: exactly the window. */
  readonly jitter: "full" | "none";
  /** Failures in a row at which the connection gives up; the loss of a link that held is the first. */
  readonly maxAttempts: number;
}

/** The wait after so many failures in a row (1 or more). `roll` is chance, in [0, 1), drawn anew for each attempt. */
export function backoffMs(backoff: Backoff, failures: number, roll: number): number {
  // Nothing times infinity is no number.
  const windowMs = Math.min(backoff.maxMs, backoff.initialMs * backoff.factor ** (failures - 1)) || 0;
  return backoff.jitter === "full" ? roll * windowMs : windowMs;
}
