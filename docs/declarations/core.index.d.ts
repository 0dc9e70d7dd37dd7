/// <reference lib="esnext.disposable" />
import { A as Verdict, C as Hint, D as Instant, T as Why, _ as Clock, a as LogEntry, d as Data, f as DialRequest, g as Surroundings, h as Transport, i as Log, k as Close, m as LinkListener, n as HoldfastError, o as LogLevel, p as Link, r as systemClock, s as Attempt, t as ErrorCode } from "./holdfast-error.js";
import { $ZodIssue, $ZodType, output } from "zod/v4/core";
/** What a user sees of a connection: the four states of every WebSocket, and what CONNECTING and CLOSED are about. */
type ConnectionState = {
  readonly name: "CONNECTING";
  readonly phase: "dialing" | "greeting";
  /** 1 for an attempt with no failure before it. */
  readonly attempt: number;
  /** What ended the link before, or `asked`. */
  readonly why: Why;
} | {
  readonly name: "CONNECTING";
  /** `"offline"`: waiting, and the runtime says that there is no network. */
  readonly phase: "waiting" | "offline";
  /** The attempt that comes next. */
  readonly attempt: number;
  /** What ended the link before. */
  readonly why: Why;
  /** When it comes, on `Date.now()`'s scale. */
  readonly retryAt: number;
} | {
  readonly name: "OPEN";
  readonly phase: "open";
} | {
  readonly name: "CLOSING";
  readonly phase: "closing";
} | {
  readonly name: "CLOSED";
  /** `"idle"`: not opened yet. */
  readonly phase: "idle";
} | Closed;
/** How a connection ended. */
interface Closed {
  readonly name: "CLOSED";
  readonly phase: "ended";
  /** RFC 6455 close code; absent when there was no socket to close. */
  readonly code?: number;
  readonly reason?: string;
  /** Why it gave up; absent when it was asked to end. */
  readonly cause?: HoldfastError;
}
/** A value, or a function that is asked before every dial and may take its time. */
type Provided<T> = T | ((attempt: Attempt) => T | PromiseLike<T>);
/** Turns messages into what travels and back, for formats of your own. */
interface Format {
  /** Throws what it cannot encode: `send` then throws `INVALID_MESSAGE`. */
  readonly encode: (message: unknown) => Data;
  /** Throws what it cannot decode: that arrives at `invalid`. */
  readonly decode: (data: Data) => unknown;
}
/** Zod 4 schemas (classic or mini, codecs included) of what arrives and what leaves. */
interface MessageSchemas<I extends $ZodType = $ZodType, O extends $ZodType = $ZodType> {
  readonly incoming?: I | undefined;
  readonly outgoing?: O | undefined;
}
/** How long to wait between attempts; see {@link CommonOptions.backoff}. */
interface BackoffOptions {
  /** The window of the first retry. @defaultValue 500 */
  readonly initialMs?: number | undefined;
  /** The largest window. @defaultValue 30_000 */
  readonly maxMs?: number | undefined;
  /** Growth of the window with each failure. @defaultValue 2 */
  readonly factor?: number | undefined;
  /** `"full"`: anywhere in the window; `"none"`: exactly the window. @defaultValue "full" */
  readonly jitter?: "full" | "none" | undefined;
  /**
   * Failures in a row at which the connection gives up: dials that fail and links that are lost, the loss of one that held
   * being the first. @defaultValue Infinity
   */
  readonly maxAttempts?: number | undefined;
}
/** Pings that find a dead link; see {@link CommonOptions.heartbeat}. */
interface HeartbeatOptions {
  /** Silence before a ping. */
  readonly intervalMs: number;
  /** What the ping is given to bring back a sign of life. @defaultValue 10_000 */
  readonly timeoutMs?: number | undefined;
  /** What to send. Without it, a ping of the WebSocket protocol, which only Node can send. */
  readonly ping?: Data | (() => Data) | undefined;
  /** Recognises the answer, so that it is not delivered as a message. Any message counts as life. */
  readonly isPong?: ((data: Data) => boolean) | undefined;
}
/** What waits while the link is down or slow. */
interface OutboxOptions {
  /** The bound, in bytes as they travel. @defaultValue 1_048_576 */
  readonly maxBytes?: number | undefined;
  /** What `send` does without an open link: keep for later, throw `LINK_DOWN`, or give to `dropped`. @defaultValue "hold" */
  readonly whileDown?: "hold" | "reject" | "drop" | undefined;
  /** What `send` does at the bound: throw `OUTBOX_FULL`, or give the oldest to `dropped`. @defaultValue "throw" */
  readonly overflow?: "throw" | "drop-oldest" | undefined;
}
/** The socket during `greet`: open, but nothing else is sent yet. */
interface GreetingLink<In, Out> {
  /** Sends at once, before anything that waits. @throws HoldfastError `INVALID_MESSAGE`, `CLOSED` when the attempt is over. */
  send(message: Out | Uint8Array): void;
  /** The next message, or the next one that `where` accepts; others wait and are delivered once the connection is open. */
  next(): Promise<In>;
  next<T extends In>(where: (message: In) => message is T): Promise<T>;
  next(where: (message: In) => boolean): Promise<In>;
  /** Aborts when the attempt is over. */
  readonly signal: AbortSignal;
}
/** How a connection behaves. Durations are milliseconds, sizes bytes. */
interface CommonOptions<In = string, Out = string> {
  /** Subprotocols to offer. */
  readonly protocols?: Provided<string | readonly string[]> | undefined;
  /** A conversation after every open and before the outbox. Rejecting fails the attempt. */
  readonly greet?: ((link: GreetingLink<In, Out>) => void | PromiseLike<void>) | undefined;
  /** Wait between attempts: numbers, or a function of your own. */
  readonly backoff?: BackoffOptions | ((attempt: {
    readonly attempt: number;
    readonly why: Why;
  }) => number | "stop") | undefined;
  /** Time for one attempt, from the first provider to the end of `greet`. @defaultValue 10_000 */
  readonly dialTimeoutMs?: number | undefined;
  /** Time for the peer to answer our close. @defaultValue 3_000 */
  readonly closeTimeoutMs?: number | undefined;
  /** A link that held this long starts a new row of failures. @defaultValue 5_000 */
  readonly stableAfterMs?: number | undefined;
  /** Finds links that died without a word. @defaultValue "off" in browsers; protocol pings every 25 s on Node */
  readonly heartbeat?: "off" | HeartbeatOptions | undefined;
  readonly outbox?: OutboxOptions | undefined;
  /** Your word on a close; `undefined` leaves it to the default table. */
  readonly verdict?: ((close: Close) => Verdict | undefined) | undefined;
  /** `"eager"` dials now, `"lazy"` with the first `on`, `send` or `messages`, `"manual"` with `open()`. @defaultValue "eager" */
  readonly start?: "eager" | "lazy" | "manual" | undefined;
  /** The lifetime: abort closes. */
  readonly signal?: AbortSignal | undefined;
  /** From which level to write to the console, or a log of your own. @defaultValue "warn" */
  readonly log?: LogLevel | "off" | Log | undefined;
}
/** {@link CommonOptions} without schemas: strings as they come, bytes at `binary`. */
interface ConnectOptions extends CommonOptions {
  readonly format?: "text" | undefined;
}
/** {@link CommonOptions} with a format and no schemas: anything that the format takes. */
interface FormatOptions extends CommonOptions<unknown, unknown> {
  /** `"json"`: parsed and stringified. */
  readonly format: "json" | Format;
}
/** {@link CommonOptions} with schemas: what arrives and leaves is typed and checked. */
interface TypedConnectOptions<I extends $ZodType, O extends $ZodType> extends CommonOptions<output<I>, output<O>> {
  readonly messages: MessageSchemas<I, O>;
  /** @defaultValue "json" */
  readonly format?: "json" | "text" | Format | undefined;
}
/** {@link CommonOptions} before anybody knows the types, with what an adapter may add. */
interface AnyConnectOptions extends Omit<CommonOptions, "greet"> {
  readonly format?: "json" | "text" | Format | undefined;
  readonly messages?: MessageSchemas | undefined;
  readonly headers?: Provided<Readonly<Record<string, string>>> | undefined;
  readonly greet?: ((link: never) => void | PromiseLike<void>) | undefined;
}
/** What arrived and could not be taken. */
interface Invalid {
  /** What the schema refused, as zod tells it; empty when something threw. */
  readonly issues: readonly $ZodIssue[];
  /** What arrived, as it came. */
  readonly raw: Data;
  /** What the format, the schema or `isPong` threw. */
  readonly error?: unknown;
}
/** Lets go of what a call returned it for. */
type Undo = () => void;
/** Refuses an option that cannot be. @throws HoldfastError `CONFIG`, naming the option and the value. */
declare function check(name: string, value: unknown, isFine: boolean, wanted: string, cause?: unknown): void;
/** How long, and for whom, to wait. */
interface WaitOptions {
  /** Ends the wait, not what is waited for; rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Rejects with `TIMEOUT` after this many milliseconds. */
  readonly timeoutMs?: number | undefined;
}
/** A message that will not be sent. */
interface Dropped<Out> {
  readonly message: Out;
  /** The outbox was full, the link was down, the connection ended, or the socket refused it. */
  readonly reason: "overflow" | "down" | "closed" | "unsendable";
  readonly error?: unknown;
}
/** What a connection tells, by name. One payload each. */
interface ConnectionEvents<In, Out> {
  /** The state looks different from outside. */
  state: ConnectionState;
  /** A link is open, greeted, and the outbox is on its way. */
  opened: {
    readonly name: "OPEN";
  };
  /** A message, decoded and checked. */
  message: In;
  /** Bytes, as they came. Not with a format of your own, which decodes them. */
  binary: Uint8Array;
  /** Something arrived that the format or the schema refused. The connection goes on. */
  invalid: Invalid;
  /** A message will not be sent. */
  dropped: Dropped<Out | Uint8Array>;
  /** It is over, until `reconnect()`: asked for, or given up, which `cause` tells. */
  closed: Closed;
}
/** A standing effort to have a link to one URL. Made by `connect` of `@holdfast/browser` or `@holdfast/node`. */
interface Connection<In = string, Out = string> extends AsyncDisposable {
  /** What is going on: immutable, and the same object until it changes. */
  readonly state: ConnectionState;
  /** 0 to 3, as `WebSocket.readyState`. */
  readonly readyState: 0 | 1 | 2 | 3;
  /** Bytes that are sent and not out: in the outbox and in the socket. */
  readonly bufferedBytes: number;
  /** Calls `listener` with every such event; returns the undo. A listener that throws is logged and stops nobody else. */
  on<K extends keyof ConnectionEvents<In, Out>>(name: K, listener: (event: ConnectionEvents<In, Out>[K]) => void, options?: {
    readonly signal?: AbortSignal | undefined;
  }): Undo;
  /**
   * The next such event, or the next one that `where` accepts.
   *
   * @throws HoldfastError `CLOSED` when the connection ends first, `TIMEOUT` after `timeoutMs`; the signal's reason on abort.
   */
  once<K extends keyof ConnectionEvents<In, Out>, T extends ConnectionEvents<In, Out>[K]>(name: K, where: (event: ConnectionEvents<In, Out>[K]) => event is T, options?: WaitOptions): Promise<T>;
  once<K extends keyof ConnectionEvents<In, Out>>(name: K, where?: (event: ConnectionEvents<In, Out>[K]) => boolean, options?: WaitOptions): Promise<ConnectionEvents<In, Out>[K]>;
  once<K extends keyof ConnectionEvents<In, Out>>(name: K, options: WaitOptions): Promise<ConnectionEvents<In, Out>[K]>;
  /** Calls `listener` at once and on each change; with {@link getSnapshot} the store protocol of React, Svelte and Solid. Bound. */
  readonly subscribe: (listener: (state: ConnectionState) => void) => Undo;
  /** The same as {@link state}. Bound. */
  readonly getSnapshot: () => ConnectionState;
  /**
   * Sends now, or keeps it for the next link as `outbox` says. At most once: what was written to a socket is not
   * written to the next one.
   *
   * @throws HoldfastError `INVALID_MESSAGE`, `OUTBOX_FULL`, `LINK_DOWN` (`whileDown: "reject"`), `CLOSED`; nothing was sent then.
   */
  send(message: Out | Uint8Array): void;
  /**
   * The messages from now on, to be read at leisure. Ends with `close()`.
   *
   * @throws HoldfastError while reading: `INBOX_FULL` when more than `maxBuffered` [1024] wait, `CLOSED` when the connection gives up.
   */
  messages(options?: {
    readonly maxBuffered?: number | undefined;
    readonly signal?: AbortSignal | undefined;
  }): AsyncIterableIterator<In>;
  /** Dials, if nobody has yet. After the end only {@link reconnect} does. */
  open(): void;
  /**
   * A new link, now: cuts a wait short, replaces an open link, and works after the end. An open link is told goodbye and not
   * waited for: on Node, what it had accepted and not sent is lost with it (wait for {@link drained} if it matters).
   */
  reconnect(): void;
  /**
   * Ends it, politely where a socket is open, which first gets what waited for it. Resolves when it is CLOSED, after
   * `closeTimeoutMs` at the latest; or when `reconnect()` came in between. Nothing is delivered meanwhile.
   *
   * @param code - 1000 or 3000 to 4999 (RFC 6455 section 7.4). [1000]
   * @param reason - At most 123 bytes of UTF-8.
   * @throws HoldfastError `CONFIG` for a code or reason that cannot be sent.
   */
  close(code?: number, reason?: string): Promise<void>;
  /** Resolves when OPEN. @throws HoldfastError `CLOSED` when it ends first, `TIMEOUT`; the signal's reason on abort. */
  opened(options?: WaitOptions): Promise<void>;
  /** Resolves when nothing is left to send. @throws HoldfastError `CLOSED` when it ends first, `TIMEOUT`; the signal's reason on abort. */
  drained(options?: WaitOptions): Promise<void>;
}
/**
 * Opens a connection that holds.
 *
 * The URL may be a function, asked before every dial. Relative ones are resolved where the runtime has a page.
 *
 * @throws HoldfastError `CONFIG` for a URL, option or schema that cannot be, naming it and its value.
 */
interface Connect<Extra = unknown> {
  /** With schemas: what arrives and leaves is typed and checked. */
  <I extends $ZodType, O extends $ZodType>(url: Provided<string | URL>, options: TypedConnectOptions<I, O> & Extra): Connection<output<I>, output<O>>;
  /** With a format and no schemas: anything that the format takes. */
  (url: Provided<string | URL>, options: FormatOptions & Extra): Connection<unknown, unknown>;
  /** Strings arrive as they come, bytes at `binary`. */
  (url: Provided<string | URL>, options?: ConnectOptions & Extra): Connection;
}
/** What a package for one runtime plugs in. */
interface Adapter {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly surroundings: Surroundings;
  /** Whether its links can send pings of the protocol itself. */
  readonly hasPing: boolean;
  /** What relative URLs are relative to: `undefined` where they make no sense, "" where that is known only later. */
  base(): string | undefined;
}
/**
 * The client of one URL, on any runtime. The packages for a runtime give it its types.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
declare function createConnection(adapter: Adapter, url: Provided<string | URL>, options: AnyConnectOptions): Connection<unknown, unknown>;
export { type Adapter, type AnyConnectOptions, type Attempt, type BackoffOptions, type Clock, type Close, type Closed, type CommonOptions, type Connect, type ConnectOptions, type Connection, type ConnectionEvents, type ConnectionState, type Data, type DialRequest, type Dropped, type ErrorCode, type Format, type FormatOptions, type GreetingLink, type HeartbeatOptions, type Hint, HoldfastError, type Instant, type Invalid, type Link, type LinkListener, type Log, type LogEntry, type LogLevel, type MessageSchemas, type OutboxOptions, type Provided, type Surroundings, type Transport, type TypedConnectOptions, type Undo, type Verdict, type WaitOptions, type Why, check as checkOption, createConnection, systemClock };
