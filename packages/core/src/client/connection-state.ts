import type { Dialing, State } from "../connection/state.ts";
import type { Why } from "../connection/why.ts";
import type { Clock } from "../ports/clock.ts";
import { type ErrorCode, HoldfastError } from "../holdfast-error.ts";

/** What a user sees of a connection: the four states of every WebSocket, and what CONNECTING and CLOSED are about. */
export type ConnectionState =
  | {
      readonly name: "CONNECTING";
      readonly phase: "dialing" | "greeting";
      /** 1 for an attempt with no failure before it. */
      readonly attempt: number;
      /** What ended the link before, or `asked`. */
      readonly why: Why;
    }
  | {
      readonly name: "CONNECTING";
      /** `"offline"`: waiting, and the runtime says that there is no network. */
      readonly phase: "waiting" | "offline";
      /** The attempt that comes next. */
      readonly attempt: number;
      /** What ended the link before. */
      readonly why: Why;
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
  | Closed;

/** How a connection ended. */
export interface Closed {
  readonly name: "CLOSED";
  readonly phase: "ended";
  /** RFC 6455 close code; absent when there was no socket to close. */
  readonly code?: number;
  readonly reason?: string;
  /** Why it gave up; absent when it was asked to end. */
  readonly cause?: HoldfastError;
}

/** In the order of `WebSocket.readyState`. */
export const names = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"] as const;

/** What is shown of `state`, frozen. `errorCodes` of close codes that ended it, if they are told apart. */
export function show(
  state: State,
  clock: Clock,
  errorCodes?: Readonly<Record<number, ErrorCode | undefined>>,
): ConnectionState {
  const { phase } = state;
  const name = names[["open", "closing", "idle", "ended"].indexOf(phase) + 1] ?? "CLOSED";
  const isWaiting = phase === "waiting";
  return Object.freeze({
    name,
    phase: isWaiting && state.network === "offline" ? state.network : phase,
    ...(name === "CONNECTING" && { attempt: state.failures + 1, why: Object.freeze((state as Dialing).why) }),
    ...(isWaiting && { retryAt: Math.round(clock.epochMs() + state.deadline - clock.now()) }),
    ...(phase === "ended" && {
      ...(state.close && { code: state.close.code, reason: state.close.reason }),
      ...(state.why.kind !== "asked" && { cause: gaveUp(state.why, errorCodes) }),
    }),
  } as ConnectionState);
}

/** Whether two of them show the same. */
export function isSame(a: ConnectionState, b: ConnectionState): boolean {
  const names = Object.keys({ ...a, ...b }) as (keyof ConnectionState)[];
  return names.every((name) => a[name] === b[name]);
}

/** Why a connection gave up, as an error. */
function gaveUp(why: Why, errorCodes: Parameters<typeof show>[2]): HoldfastError {
  if (why.kind === "closed") {
    const { httpStatus, code, reason, error } = why;
    const words = `the link closed: ${httpStatus ? `HTTP ${httpStatus}` : `${code} ${reason}`}`.trim();
    return new HoldfastError(errorCodes?.[code] ?? "CLOSED", words, error ?? why);
  }
  if (why.kind === "failed") return closed("the attempt failed", why.error);
  return closed(why.kind === "timeout" ? "dialTimeoutMs passed" : "the heartbeat found nobody");
}

/** The error for whoever comes too late. */
export function closed(words = "the connection has ended", cause?: unknown): HoldfastError {
  return new HoldfastError("CLOSED", words, cause);
}
