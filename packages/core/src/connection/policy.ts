import type { Backoff } from "./backoff.ts";

/** The numbers a connection decides by. Data only: what the user wrote as a function is asked for by the effect `judge`. */
export interface Policy {
  readonly backoff: Backoff;
  readonly dialTimeoutMs: number;
  readonly closeTimeoutMs: number;
  readonly stableAfterMs: number;
  readonly heartbeat: HeartbeatPolicy | undefined;
}

/** Ping after `intervalMs` without a byte from the peer; give it `timeoutMs` from then on. */
export interface HeartbeatPolicy {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}
