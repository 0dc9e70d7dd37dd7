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
  /** Attempts that may fail in a row; the connection gives up after the last. */
  readonly maxAttempts: number;
}

/** The wait after so many failures in a row (1 or more). `roll` is chance, in [0, 1), drawn anew for each attempt. */
export function backoffMs(backoff: Backoff, failures: number, roll: number): number {
  const windowMs = Math.min(backoff.maxMs, backoff.initialMs * backoff.factor ** (failures - 1));
  return backoff.jitter === "full" ? roll * windowMs : windowMs;
}
