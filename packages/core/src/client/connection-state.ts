import type { Phase, State } from "../connection/state.ts";
import type { Why } from "../connection/why.ts";
import type { Clock } from "../ports/clock.ts";
import { HoldfastError } from "./holdfast-error.ts";

/** What a user sees of a connection: the four states of every WebSocket, and what CONNECTING and CLOSED are about. */
export type ConnectionState =
  | {
      readonly name: "CONNECTING";
      readonly phase: "dialing" | "greeting";
      /** 1 for an attempt with no failure before it. */
      readonly attempt: number;
    }
  | {
      readonly name: "CONNECTING";
      /** `"offline"`: waiting, and the runtime says that there is no network. */
      readonly phase: "waiting" | "offline";
      /** The attempt that comes next. */
      readonly attempt: number;
      /** When it comes, on `Date.now()`'s scale. */
      readonly retryAt: number;
    }
  | { readonly name: "OPEN"; readonly phase: "open" }
  | { readonly name: "CLOSING"; readonly phase: "closing" }
  | {
      readonly name: "CLOSED";
      /** `"idle"`: not opened yet. */
      readonly phase: "idle";
    }
  | ({ readonly name: "CLOSED"; readonly phase: "ended" } & Closed);

/** How a connection ended. */
export interface Closed {
  /** RFC 6455 close code; absent when there was no socket to close. */
  readonly code?: number;
  readonly reason?: string;
  /** Why it gave up; absent when it was asked to end. */
  readonly cause?: HoldfastError;
}

/** In the order of `WebSocket.readyState`. */
const names = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"] as const;

/** `WebSocket.readyState` of a phase. */
export function readyStateOf(phase: Phase): 0 | 1 | 2 | 3 {
  const index = ["open", "closing", "idle", "ended"].indexOf(phase);
  return Math.min(index + 1, 3) as 0 | 1 | 2 | 3;
}

/** What is shown of `state`, frozen. */
export function show(state: State, clock: Clock): ConnectionState {
  const { phase } = state;
  const readyState = readyStateOf(phase);
  const isWaiting = phase === "waiting";
  return Object.freeze({
    name: names[readyState],
    phase: isWaiting && state.network === "offline" ? state.network : phase,
    ...(!readyState && { attempt: state.failures + 1 }),
    ...(isWaiting && { retryAt: Math.round(clock.epochMs() + state.deadline - clock.now()) }),
    ...(phase === "ended" && closedOf(state)),
  } as ConnectionState);
}

/** How a connection ended, as its users are told. */
export function closedOf({ close, why }: State & { readonly phase: "ended" }): Closed {
  return {
    ...(close && { code: close.code, reason: close.reason }),
    ...(why.kind !== "asked" && { cause: closedBecause(why) }),
  };
}

/** Whether two states look different from outside. */
export function looksDifferent(a: State, b: State): boolean {
  const key = ({ phase, failures, network, deadline }: State): string =>
    [phase, failures, phase === "waiting" && network + deadline].join();
  return key(a) !== key(b);
}

/** The end of a connection, as an error. */
export function closedBecause(why: Why): HoldfastError {
  const words = {
    asked: "the connection was closed",
    failed: "the attempt failed",
    timeout: "the attempt took longer than dialTimeoutMs",
    silent: "the heartbeat found nobody",
    closed: "the link closed",
  }[why.kind];
  if (why.kind !== "closed") {
    return new HoldfastError("CLOSED", words, why.kind === "failed" ? why.error : undefined);
  }
  const { httpStatus, code, reason, error } = why;
  const how = httpStatus ? `HTTP ${httpStatus}` : `${code} ${reason}`;
  return new HoldfastError("CLOSED", `${words}: ${how}`, error ?? why);
}
