/** Which way bytes go: `up` from client to server, `down` back. */
export type Direction = "up" | "down";

/** What is wrong with the network. */
export interface Faults {
  /** Nothing passes, and nobody is told. */
  isBlackhole: boolean;
  /** New connections are reset. */
  isRefusing: boolean;
  /** Every byte takes so long, and up to `jitterMs` more. */
  delayMs: number;
  jitterMs: number;
  /** For each direction of each pair. */
  bytesPerSecond: number;
  /** After so many bytes a pair is reset. */
  budget: Budget | undefined;
}

/** What a pair may pass before it is reset; without a direction, both count. */
export interface Budget {
  readonly direction: Direction | undefined;
  readonly leftBytes: number;
}

/** A network with nothing wrong. */
export function noFaults(): Faults {
  return {
    isBlackhole: false,
    isRefusing: false,
    delayMs: 0,
    jitterMs: 0,
    bytesPerSecond: Infinity,
    budget: undefined,
  };
}
