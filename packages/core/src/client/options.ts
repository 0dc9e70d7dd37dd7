import type { output, $ZodType } from "zod/v4/core";
import type { Log, LogLevel } from "../ports/log.ts";
import type { Data } from "../ports/transport.ts";
import type { Close, Verdict } from "../protocol/close.ts";
import type { Why } from "../connection/why.ts";
import type { Attempt } from "./host.ts";

/** A value, or a function that is asked before every dial and may take its time. */
export type Provided<T> = T | ((attempt: Attempt) => T | PromiseLike<T>);

/** Turns messages into what travels and back, for formats of your own. */
export interface Format {
  /** Throws what it cannot encode: `send` then throws `INVALID_MESSAGE`. */
  readonly encode: (message: unknown) => Data;
  /** Throws what it cannot decode: that arrives at `invalid`. */
  readonly decode: (data: Data) => unknown;
}

/** Zod 4 schemas (classic or mini, codecs included) of what arrives and what leaves. */
export interface MessageSchemas<I extends $ZodType = $ZodType, O extends $ZodType = $ZodType> {
  /** What arrives; without it, anything. */
  readonly incoming?: I | undefined;
  /** What leaves; without it, anything. */
  readonly outgoing?: O | undefined;
}

/** How long to wait between attempts; see {@link CommonOptions.backoff}. */
export interface BackoffOptions {
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
export interface HeartbeatOptions {
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
export interface OutboxOptions {
  /** The bound, in bytes as they travel. @defaultValue 1_048_576 */
  readonly maxBytes?: number | undefined;
  /** What `send` does without an open link: keep for later, throw `LINK_DOWN`, or give to `dropped`. @defaultValue "hold" */
  readonly whileDown?: "hold" | "reject" | "drop" | undefined;
  /** What `send` does at the bound: throw `OUTBOX_FULL`, or give the oldest to `dropped`. @defaultValue "throw" */
  readonly overflow?: "throw" | "drop-oldest" | undefined;
}

/** The socket during `greet`: open, but nothing else is sent yet. */
export interface GreetingLink<In, Out> {
  /** Sends at once, before anything that waits. @throws HoldfastError `INVALID_MESSAGE`, `CLOSED` when the attempt is over. */
  send(message: Out | Uint8Array): void;
  /**
   * The next message.
   *
   * @throws the reason of `signal` when the attempt is over.
   */
  next(): Promise<In>;
  /** The next message that `where` accepts, as what it says it is. Others wait, and are delivered once the connection is open. */
  next<T extends In>(where: (message: In) => message is T): Promise<T>;
  /** The next message that `where` accepts. Others wait, and are delivered once the connection is open. */
  next(where: (message: In) => boolean): Promise<In>;
  /** Aborts when the attempt is over. */
  readonly signal: AbortSignal;
}

/** How a connection behaves. Durations are milliseconds, sizes bytes. */
export interface CommonOptions<In = string, Out = string> {
  /** Subprotocols to offer. */
  readonly protocols?: Provided<string | readonly string[]> | undefined;
  /** A conversation after every open and before the outbox. Rejecting fails the attempt. */
  readonly greet?: ((link: GreetingLink<In, Out>) => void | PromiseLike<void>) | undefined;
  /**
   * Wait between attempts: numbers, or a function of your own. It is asked after each loss with the attempt that comes next, 2 after the
   * first failure, and answers in milliseconds or with `"stop"`; no `maxAttempts` counts beside it.
   */
  readonly backoff?:
    | BackoffOptions
    | ((attempt: { readonly attempt: number; readonly why: Why }) => number | "stop")
    | undefined;
  /** Time for one attempt, from the first provider to the end of `greet`. @defaultValue 10_000 */
  readonly dialTimeoutMs?: number | undefined;
  /** Time for the peer to answer our close. @defaultValue 3_000 */
  readonly closeTimeoutMs?: number | undefined;
  /** A link that held this long starts a new row of failures. @defaultValue 5_000 */
  readonly stableAfterMs?: number | undefined;
  /** Finds links that died without a word. @defaultValue "off" in browsers; protocol pings every 25 s on Node */
  readonly heartbeat?: "off" | HeartbeatOptions | undefined;
  /** What waits while the link is down or slow: how much, and what happens then. */
  readonly outbox?: OutboxOptions | undefined;
  /** Your word on a close; `undefined` leaves it to the default table. */
  readonly verdict?: ((close: Close) => Verdict | undefined) | undefined;
  /** `"eager"` dials now, `"lazy"` when somebody first listens, sends, asks or waits for `opened`, `"manual"` with `open()`. @defaultValue "eager" */
  readonly start?: "eager" | "lazy" | "manual" | undefined;
  /** The lifetime: abort closes, and for good: `reconnect()` does nothing after it. */
  readonly signal?: AbortSignal | undefined;
  /** From which level to write to the console, or a log of your own. @defaultValue "warn" */
  readonly log?: LogLevel | "off" | Log | undefined;
}

/** {@link CommonOptions} without schemas: strings as they come, bytes at `binary`. */
export interface ConnectOptions extends CommonOptions {
  readonly format?: "text" | undefined;
  /** None: with schemas these are {@link TypedConnectOptions}. */
  readonly messages?: undefined;
}

/** {@link CommonOptions} with a format and no schemas: anything that the format takes. */
export interface FormatOptions extends CommonOptions<unknown, unknown> {
  /** `"json"`: parsed and stringified. */
  readonly format: "json" | Format;
  /** None: with schemas these are {@link TypedConnectOptions}. */
  readonly messages?: undefined;
}

/** {@link CommonOptions} with schemas: what arrives and leaves is typed and checked. */
export interface TypedConnectOptions<I extends $ZodType, O extends $ZodType> extends CommonOptions<
  output<I>,
  output<O>
> {
  /** What arrives and what leaves. */
  readonly messages?: MessageSchemas<I, O>;
  /** @defaultValue "json" */
  readonly format?: "json" | "text" | Format | undefined;
}

/** {@link CommonOptions} before anybody knows the types, with what an adapter may add. */
export interface AnyConnectOptions extends Omit<CommonOptions, "greet"> {
  readonly format?: "json" | "text" | Format | undefined;
  readonly messages?: MessageSchemas | undefined;
  readonly headers?: Provided<Readonly<Record<string, string>>> | undefined;
  readonly greet?: ((link: never) => void | PromiseLike<void>) | undefined;
}
