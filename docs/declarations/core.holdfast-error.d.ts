/// <reference lib="esnext.disposable" />
import { t as Instant } from "./instant.js";
/** How a WebSocket ended, as RFC 6455 section 7.1.5 tells it; `httpStatus` where a refused upgrade shows one (Node). */
interface Close {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
  readonly httpStatus?: number | undefined;
  /** What the runtime said, if it said anything. For people and logs, never to decide by. */
  readonly error?: unknown;
}
/** What a connection does about a close: dial again, or give up. */
type Verdict = "retry" | "stop";
/**
 * The default verdict on a close. Total: what is not named here is retried.
 *
 * - 1000: the peer said that it is done.
 * - 1009, and 1002 or 1007 from the peer: one of us sends what the other cannot take, and would again.
 *   (A frame that was broken on the way is our own 1002 or 1007, and not clean.)
 * - 4000-4099: the range in which Holdfast servers say "do not come back".
 */
declare function verdictOf({ code, wasClean }: Close): Verdict;
/**
 * Where a driver gets time and chance.
 *
 * - `now` MUST NOT go back.
 * - `schedule` MUST call back once, no earlier than the delay or than 2^31-1 ms, the most that timers take, never synchronously, and not at all once cancelled.
 * - Cancelling twice or too late MUST be harmless.
 */
interface Clock {
  /** A point on a scale of its own. */
  now(): Instant;
  /** The same moment on `Date.now()`'s scale, in whole milliseconds. */
  epochMs(): number;
  /** Chance, in [0, 1). */
  random(): number;
  /** Calls back after `delayMs`, 2^31-1 at the latest; returns the undo. */
  schedule(delayMs: number, callback: () => void): () => void;
}
/** What travels in one WebSocket message: text or bytes. */
type Data = string | Uint8Array;
/** Where to dial. */
interface DialRequest {
  /** Absolute, `ws:` or `wss:`. */
  readonly url: string;
  readonly protocols: readonly string[];
  /** Sent with the upgrade by transports that can (Node). */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
/**
 * Opens sockets.
 *
 * - `dial` MUST return at once and MUST NOT call a listener before it has returned.
 * - It MAY throw for a request that no socket can be made of; it MUST NOT throw because of the network.
 */
interface Transport {
  dial(request: DialRequest, listener: LinkListener): Link;
}
/**
 * What a link tells.
 *
 * - `opened` MUST come at most once and first.
 * - `closed` MUST come exactly once for a link that was not terminated, also when the dial fails, and MUST be the last.
 * - After `terminate()` nothing MUST come.
 * - Whatever the socket calls an error MUST end in `closed`; it MUST NOT reach the host program in any other way.
 */
interface LinkListener {
  opened(): void;
  /** One whole message: a string, or bytes that nobody else changes. */
  message(data: Data): void;
  /** Any byte or pong, where the runtime shows them; a message counts without it. */
  heard(): void;
  /** The send buffer was full and is empty again, where the runtime tells; elsewhere the driver looks now and then. */
  drained?(): void;
  closed(close: Close): void;
}
/**
 * One socket.
 *
 * - `send` before `opened` is the caller's mistake. On a socket that is closing it MUST NOT throw, and sends nothing.
 * - `send` MUST throw, synchronously and without harm to the link, for data that cannot be sent.
 * - `close` starts the closing handshake; `closed` follows if and when the peer answers, never synchronously.
 * - `terminate` drops the socket at once, in any phase, as hard as the runtime allows. Idempotent, never throws.
 */
interface Link {
  send(data: Data): void;
  /** Whether `send` sends: not before it opened, and not while it closes, by whomever. */
  readonly isWritable: boolean;
  close(code: number, reason: string): void;
  terminate(): void;
  /** A ping of the protocol itself (RFC 6455 section 5.5.2), where the runtime has one. */
  ping?(): void;
  /** The subprotocol that the peer chose, "" for none; known once it opened. */
  readonly protocol?: string | undefined;
  /** Bytes accepted by `send` that the network has not taken yet. */
  readonly bufferedBytes: number;
}
/** How bad it is. */
type LogLevel = "debug" | "info" | "warn" | "error";
/** One thing that happened, with its facts. */
interface LogEntry {
  readonly level: LogLevel;
  /** Which kind of thing, in words that do not change: `"link lost"`. */
  readonly message: string;
  /** The facts: attempt, code, delay, error. */
  readonly details: Readonly<Record<string, unknown>>;
}
/** Takes what happens. `write` MUST NOT throw; if it does, the entry is lost and nothing else. */
interface Log {
  write(entry: LogEntry): void;
}
/** The clock of this runtime. Looks the globals up when asked, so that importing it touches none. */
declare const systemClock: Clock;
/** What went wrong, in a word that does not change between versions. Cause and remedy of each: `docs/errors.md`. */
type ErrorCode = "CONFIG" | "CLOSED" | "LINK_DOWN" | "TIMEOUT" | "OUTBOX_FULL" | "INBOX_FULL" | "INVALID_MESSAGE" | "TOO_LARGE" | "SESSION_LOST" | "REMOTE" | "UNAUTHORIZED" | "FORBIDDEN" | "REPLACED" | "RATE_LIMITED" | "PROTOCOL";
/** What the other end answered instead of a result. PROTOCOL.md section 4.2. */
interface RemoteError {
  /** One of the contract's own, or `UNKNOWN`, `NO_HANDLER`, `BUSY`, `INVALID`, `CURSOR_GONE`, `TOO_LARGE`, `INTERNAL`. */
  readonly code: string;
  readonly message: string;
  /** Checked by the contract, if the code is one of its own. */
  readonly data?: unknown;
}
/** The only error this library throws or rejects with, an aborted signal's reason aside. */
declare class HoldfastError extends Error {
  override readonly name = "HoldfastError";
  /** What went wrong; decide by this, never by the message. */
  readonly code: ErrorCode;
  /** Whether the same call may succeed later, unchanged. */
  readonly retryable: boolean;
  /** With `SESSION_LOST`, and of what waited when a client ended: whether the other end may have had it. */
  readonly inDoubt?: boolean;
  /** With `REMOTE`: what the other end said. */
  readonly remote?: RemoteError;
  constructor(code: ErrorCode, message: string, cause?: unknown, more?: {
    readonly inDoubt?: boolean;
    readonly remote?: RemoteError;
    readonly retryable?: boolean;
  });
  /** Whether this is an error of ours, and of that code if one is named. Works across copies of the package. */
  static is<C extends ErrorCode = ErrorCode>(error: unknown, code?: C): error is HoldfastError & {
    readonly code: C;
  } & Told<C>;
}
/** What is always there with some codes. */
type Told<C extends ErrorCode> = C extends "REMOTE" ? {
  readonly remote: RemoteError;
} : C extends "SESSION_LOST" ? {
  readonly inDoubt: boolean;
} : unknown;
export { Log as a, Data as c, LinkListener as d, Transport as f, verdictOf as g, Verdict as h, systemClock as i, DialRequest as l, Close as m, HoldfastError as n, LogEntry as o, Clock as p, RemoteError as r, LogLevel as s, ErrorCode as t, Link as u };
