/// <reference lib="esnext.disposable" />
import { a as Surroundings, d as Hint, p as Why, t as Attempt } from "./host.js";
import { a as Log, c as Data, d as LinkListener, f as Transport, h as Verdict, i as systemClock, l as DialRequest, m as Close, n as HoldfastError, o as LogEntry, p as Clock, r as RemoteError, s as LogLevel, t as ErrorCode, u as Link } from "./holdfast-error.js";
import { A as stream, C as ErrorSchemas, D as Stream, E as Nothing, I as check, O as call, P as Undo, S as Entry, T as EventOptions, _ as Contract, a as InDoubt, b as mergeContracts, c as InvalidRecord, g as checkHandlers, h as checkEntries, i as ReaderOptions, j as WaitOptions, k as event, n as CallOptions, v as ContractShape, w as Event, x as Call, y as defineContract } from "./asking.js";
import { t as Instant } from "./instant.js";
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
  /** What arrives; without it, anything. */
  readonly incoming?: I | undefined;
  /** What leaves; without it, anything. */
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
interface CommonOptions<In = string, Out = string> {
  /** Subprotocols to offer. */
  readonly protocols?: Provided<string | readonly string[]> | undefined;
  /** A conversation after every open and before the outbox. Rejecting fails the attempt. */
  readonly greet?: ((link: GreetingLink<In, Out>) => void | PromiseLike<void>) | undefined;
  /**
   * Wait between attempts: numbers, or a function of your own. It is asked after each loss with the attempt that comes next, 2 after the
   * first failure, and answers in milliseconds or with `"stop"`; no `maxAttempts` counts beside it.
   */
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
interface ConnectOptions extends CommonOptions {
  readonly format?: "text" | undefined;
  /** None: with schemas these are {@link TypedConnectOptions}. */
  readonly messages?: undefined;
}
/** {@link CommonOptions} with a format and no schemas: anything that the format takes. */
interface FormatOptions extends CommonOptions<unknown, unknown> {
  /** `"json"`: parsed and stringified. */
  readonly format: "json" | Format;
  /** None: with schemas these are {@link TypedConnectOptions}. */
  readonly messages?: undefined;
}
/** {@link CommonOptions} with schemas: what arrives and leaves is typed and checked. */
interface TypedConnectOptions<I extends $ZodType, O extends $ZodType> extends CommonOptions<output<I>, output<O>> {
  /** What arrives and what leaves. */
  readonly messages?: MessageSchemas<I, O>;
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
   * The next such event that `where` accepts, as what it says it is.
   *
   * @throws HoldfastError `CLOSED` when the connection ends first, `TIMEOUT` after `timeoutMs`; the signal's reason on abort.
   */
  once<K extends keyof ConnectionEvents<In, Out>, T extends ConnectionEvents<In, Out>[K]>(name: K, where: (event: ConnectionEvents<In, Out>[K]) => event is T, options?: WaitOptions): Promise<T>;
  /**
   * The next such event, or the next one that `where` accepts.
   *
   * @throws HoldfastError `CLOSED` when the connection ends first, `TIMEOUT` after `timeoutMs`; the signal's reason on abort.
   */
  once<K extends keyof ConnectionEvents<In, Out>>(name: K, where?: (event: ConnectionEvents<In, Out>[K]) => boolean, options?: WaitOptions): Promise<ConnectionEvents<In, Out>[K]>;
  /**
   * The next such event.
   *
   * @throws HoldfastError `CLOSED` when the connection ends first, `TIMEOUT` after `timeoutMs`; the signal's reason on abort.
   */
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
   * @throws HoldfastError while reading: `INBOX_FULL` when more than `maxBuffered` [1024] wait while there was a turn to read them, `CLOSED` when the connection gives up.
   */
  messages(options?: {
    readonly maxBuffered?: number | undefined;
    readonly signal?: AbortSignal | undefined;
  }): AsyncIterableIterator<In>;
  /** Dials, if nobody has yet. After the end only {@link reconnect} does. */
  open(): void;
  /**
   * A new link, now: cuts a wait short, replaces an open link, and works after the end, unless an aborted `signal` made it. An open link is
   * told goodbye and not waited for: on Node, what it had accepted and not sent is lost with it (wait for {@link drained} if it matters).
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
  /**
   * A connection that holds. Strings arrive as they come, bytes at `binary`.
   *
   * @throws HoldfastError `CONFIG` for a URL, option or schema that cannot be, naming it and its value.
   */
  (url: Provided<string | URL>, options?: ConnectOptions & Extra): Connection;
  /**
   * A connection that holds. With a format and no schemas: anything that the format takes.
   *
   * @throws HoldfastError `CONFIG` for a URL, option or schema that cannot be, naming it and its value.
   */
  (url: Provided<string | URL>, options: FormatOptions & Extra): Connection<unknown, unknown>;
  /**
   * A connection that holds. With schemas: what arrives and leaves is typed and checked.
   *
   * @throws HoldfastError `CONFIG` for a URL, option or schema that cannot be, naming it and its value.
   */
  <I extends $ZodType, O extends $ZodType>(url: Provided<string | URL>, options: TypedConnectOptions<I, O> & Extra): Connection<output<I>, output<O>>;
}
/**
 * Keeps a session while one page goes and the next comes.
 *
 * - An entry MUST be there only from `put` to the next `take`, so that a duplicated page finds none.
 * - `take` and `put` MUST NOT throw; where nothing can be kept, nothing is.
 */
interface SessionStore {
  /** What the page before left, which is then no longer there: `null` if there is nothing, `undefined` where nothing can be kept. */
  take(): string | null | undefined;
  put(text: string): void;
  /** Calls back when the page goes, and when one that was kept comes back; returns the undo. */
  watch(listener: (what: "leaving" | "back") => void): () => void;
}
/** What a package for one runtime plugs in. */
interface Adapter {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly surroundings: Surroundings;
  /** Whether its links can send pings of the protocol itself. */
  readonly hasPing: boolean;
  /** Where a session outlives a page, if anywhere. */
  readonly store?: SessionStore | undefined;
  /**
   * Calls `flush` by the end of this turn, and says when; or a moment later, when there may be more to flush, if it can wait, for nobody
   * awaits what there is: `undefined`. @defaultValue by the end of the turn in any case
   */
  readonly turn?: Turn | undefined;
  /** What relative URLs are relative to: `undefined` where they make no sense. Asked at every dial: a page may come later. */
  base(): string | undefined;
}
/** When what was said is written. */
type Turn = (flush: () => void, canWait?: boolean) => Promise<void> | undefined;
/**
 * The client of one URL, on any runtime. The packages for a runtime give it its types.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
declare function createConnection(adapter: Adapter, url: Provided<string | URL>, options: AnyConnectOptions): Connection<unknown, unknown>;
/**
 * A schema of what is sent has to know both ways. For adapters that can afford the bytes; without it that is found when something is sent.
 *
 * @throws HoldfastError `CONFIG`, naming the schema and what of it knows one.
 */
declare function checkOutgoing(schema: unknown): void;
type Entries = Readonly<Record<string, Entry>>;
/** The names of one kind in one side of a contract. Keys, because a compiler that refuses one then lists them. */
type NamesOf<Side extends Entries, Kind extends Entry["kind"]> = keyof { [N in keyof Side & string as Side[N] extends {
  readonly kind: Kind;
} ? N : never]: N; };
/** What a schema's value is for the program. */
type ValueOf<S> = S extends $ZodType ? output<S> : never;
/** What an event carries. */
type PayloadOf<E> = E extends {
  readonly payload: infer S;
} ? ValueOf<Exclude<S, undefined>> : never;
/** What a call or stream is asked with, or an event carries. */
type InputOf<E> = E extends {
  readonly input: infer S;
} ? ValueOf<Exclude<S, undefined>> : PayloadOf<E>;
/** What a call is answered with. */
type OutputOf<E> = E extends {
  readonly output: infer S;
} ? ValueOf<Exclude<S, undefined>> : never;
/** What a stream brings. */
type ItemOf<E> = E extends {
  readonly item: infer S;
} ? ValueOf<S> : never;
/** Where a stream can go on. */
type CursorOf<E> = E extends {
  readonly cursor: ((item: never) => infer C) | undefined;
} ? C : never;
type ErrorsIn<E> = E extends {
  readonly errors: infer X extends ErrorSchemas;
} ? X : Record<never, never>;
/** The errors that a call or stream may be answered with, by the contract. */
type ErrorOf<E> = { [C in keyof ErrorsIn<E> & string]: {
  readonly code: C;
  readonly data: output<ErrorsIn<E>[C]>;
}; }[keyof ErrorsIn<E> & string];
/** Nothing where nothing is wanted: `call("locate")`. */
type Args<I, O> = undefined extends I ? [input?: I, options?: O] : [input: I, options?: O];
/** Answers with one of the contract's errors. */
type Fail<E> = <C extends keyof ErrorsIn<E> & string>(code: C, ...data: undefined extends output<ErrorsIn<E>[C]> ? [data?: output<ErrorsIn<E>[C]>] : [data: output<ErrorsIn<E>[C]>]) => never;
/** What the handler of a call is told. */
interface CallContext<E> {
  /** Aborts when the asker gave up, or its session is over. */
  readonly signal: AbortSignal;
  /** Answers with an error of the contract's, by throwing it. */
  readonly fail: Fail<E>;
}
/** What the handler of a stream is told. */
interface StreamContext<E> extends CallContext<E> {
  /** The cursor of the last item that the reader has, when it goes on after a lost session. */
  readonly since: CursorOf<E> | undefined;
  /** Tells the reader that history does not reach back to `since`. */
  readonly gap: () => void;
}
/** What a handler is told: `Ctx`, and what belongs to its kind. */
type ContextFor<E, Ctx> = Ctx & (E extends {
  readonly kind: "stream";
} ? StreamContext<E> : E extends {
  readonly kind: "call";
} ? CallContext<E> : unknown);
/** What a handler answers. */
type AnswerOf<E> = E extends {
  readonly kind: "stream";
} ? AsyncIterable<ItemOf<E>> | Iterable<ItemOf<E>> : E extends {
  readonly kind: "call";
} ? OutputOf<E> | PromiseLike<OutputOf<E>> : void | PromiseLike<void>;
/** The handler of one entry. */
type HandlerFor<E, Ctx> = (input: InputOf<E>, context: ContextFor<E, Ctx>) => AnswerOf<E>;
/** What a session tells, by name. One payload each. */
interface SessionEvents {
  /** A session began: the first one, or the one after a lost one. */
  opened: {
    readonly id: string;
  };
  /** It goes on over a new link; nothing is missing. */
  resumed: {
    readonly id: string;
  };
  /** It cannot go on. A new one began; what is in doubt has failed, everything else goes on there. */
  lost: Lost;
  /** Something arrived that the contract refuses. The session goes on. */
  invalid: InvalidRecord;
  /** It is over, until `reconnect()`: asked for, or given up, which `cause` tells. */
  closed: Closed;
}
/** What a lost session means. PROTOCOL.md section 6.1. */
interface Lost {
  /** `unknown` (the server lost its state), `expired`, `overflow`, `position`, `gap`, `identity`, `closed` (on purpose, by the server). */
  readonly reason: string;
  /** What the other end may or may not have had. */
  readonly inDoubt: readonly InDoubt[];
}
/** The session of a client. */
interface ClientSession {
  /** Known once it was opened. */
  readonly id: string | undefined;
  /** Calls `listener` with every such event; returns the undo. */
  on<N extends keyof SessionEvents>(name: N, listener: (event: SessionEvents[N]) => void, options?: {
    readonly signal?: AbortSignal | undefined;
  }): Undo;
  /** The next such event. @throws HoldfastError `CLOSED` when it ends first, `TIMEOUT`; the signal's reason on abort. */
  once<N extends keyof SessionEvents>(name: N, options?: WaitOptions): Promise<SessionEvents[N]>;
}
/** The answer to {@link Client.tryCall}. */
type Tried<E> = {
  readonly ok: true;
  readonly output: OutputOf<E>;
} | {
  readonly ok: false;
  readonly error: ErrorOf<E>;
};
/**
 * One end of a session: every message once and in order, in both directions, over any number of links.
 * Made by `createClient` of `@holdfast/browser` or `@holdfast/node`.
 */
interface Client<K extends Contract = Contract> extends AsyncDisposable {
  /** What is going on: immutable, and the same object until it changes. */
  readonly state: ConnectionState;
  /** Bytes that are sent and not acknowledged. */
  readonly bufferedBytes: number;
  readonly session: ClientSession;
  /** Calls `listener` with every such event of the server's; returns the undo. One that throws is logged and stops nobody else. */
  on<N extends NamesOf<K["fromServer"], "event">>(name: N, listener: (payload: PayloadOf<K["fromServer"][N]>) => void, options?: {
    readonly signal?: AbortSignal | undefined;
  }): Undo;
  /**
   * The next such event, or the next one that `where` accepts.
   *
   * @throws HoldfastError `CLOSED` when the client ends first, `TIMEOUT` after `timeoutMs`; the signal's reason on abort.
   */
  once<N extends NamesOf<K["fromServer"], "event">>(name: N, where?: (payload: PayloadOf<K["fromServer"][N]>) => boolean, options?: WaitOptions): Promise<PayloadOf<K["fromServer"][N]>>;
  /**
   * The next such event.
   *
   * @throws HoldfastError `CLOSED` when the client ends first, `TIMEOUT` after `timeoutMs`; the signal's reason on abort.
   */
  once<N extends NamesOf<K["fromServer"], "event">>(name: N, options: WaitOptions): Promise<PayloadOf<K["fromServer"][N]>>;
  /**
   * Resolves when the server has it: handed over, once, to its handler or, if its contract refuses it, to its `invalid`. Nobody has to wait for it. Aborting ends the wait, and
   * takes back what was never written.
   *
   * @throws HoldfastError `INVALID_MESSAGE`, `OUTBOX_FULL`, `TOO_LARGE`, `LINK_DOWN` (`whileDown: "reject"`): nothing
   * was sent; `SESSION_LOST`, `CLOSED`, or what else ended the client: see `inDoubt`, which is absent of what was said after the end.
   */
  emit<N extends NamesOf<K["fromClient"], "event">>(name: N, ...args: Args<PayloadOf<K["fromClient"][N]>, {
    readonly signal?: AbortSignal | undefined;
  }>): Promise<void>;
  /**
   * Asks, and resolves with the answer. Abort and timeout tell the server that nobody waits any more.
   *
   * @throws HoldfastError what {@link emit} does; `REMOTE` with what the server answered instead, `TIMEOUT` after `timeoutMs`
   * [30 s]; the signal's reason on abort.
   */
  call<N extends NamesOf<K["fromClient"], "call">>(name: N, ...args: Args<InputOf<K["fromClient"][N]>, CallOptions>): Promise<OutputOf<K["fromClient"][N]>>;
  /** Like {@link call}, but the contract's own errors are returned and not thrown. */
  tryCall<N extends NamesOf<K["fromClient"], "call">>(name: N, ...args: Args<InputOf<K["fromClient"][N]>, CallOptions>): Promise<Tried<K["fromClient"][N]>>;
  /**
   * Asks for a stream with the first `next()`, and reads it at leisure: a slow reader slows the server. It goes on from its cursor after a
   * lost session. Leaving the loop tells the server.
   *
   * @throws HoldfastError at once: `CONFIG` for a name or `credit` that cannot be, `INVALID_MESSAGE` for an input that the contract refuses.
   * While reading: what {@link call} does, `TIMEOUT` aside.
   */
  stream<N extends NamesOf<K["fromClient"], "stream">>(name: N, ...args: Args<InputOf<K["fromClient"][N]>, ReaderOptions>): AsyncIterableIterator<ItemOf<K["fromClient"][N]>>;
  /** Calls `listener` at once and on each change; with {@link getSnapshot} the store protocol of React, Svelte and Solid. Bound. */
  readonly subscribe: (listener: (state: ConnectionState) => void) => Undo;
  /** The same as {@link state}. Bound. */
  readonly getSnapshot: () => ConnectionState;
  /** Dials, if nobody has yet. After the end only {@link reconnect} does. */
  open(): void;
  /** A new link, now: cuts a wait short, replaces an open link, and works after the end, where it begins a new session. */
  reconnect(): void;
  /** Resolves when OPEN. @throws HoldfastError `CLOSED`, or why it gave up, when it ends first, `TIMEOUT`; the signal's reason on abort. */
  opened(options?: WaitOptions): Promise<void>;
  /**
   * Resolves when the server has everything, at once if it has.
   *
   * @throws HoldfastError `CLOSED`, or why it gave up, when it ends first, `TIMEOUT`; the signal's reason on abort.
   */
  drained(options?: WaitOptions): Promise<void>;
  /**
   * Ends the session on purpose: the server forgets it, now if there is a link, else after its `resumeWithinMs`. What waits is given `drainMs` [0] to arrive; what has not then
   * fails with `CLOSED`. Resolves when CLOSED, after `closeTimeoutMs` more at the latest.
   *
   * @throws HoldfastError `CONFIG` for a `drainMs` that is no number from 0.
   */
  close(options?: {
    readonly drainMs?: number | undefined;
  }): Promise<void>;
}
/** Handlers of what the server may ask of a client. */
type ClientHandlers<K extends Contract> = { readonly [N in keyof K["fromServer"] as K["fromServer"][N] extends {
  readonly kind: "event";
} ? never : N]?: HandlerFor<K["fromServer"][N], unknown> | undefined; };
/** JSON, or a function that gives it. */
type Credential = string | number | boolean | object | null | ((attempt: Attempt) => unknown);
/** How a client behaves. Durations are milliseconds, sizes bytes. Heartbeats are the server's. */
interface ClientOptions<K extends Contract = Contract> extends Pick<CommonOptions, "backoff" | "dialTimeoutMs" | "closeTimeoutMs" | "stableAfterMs" | "start" | "signal" | "log"> {
  /** Where to dial: a value, or a function that is asked before every dial. */
  readonly url: Provided<string | URL>;
  /**
   * Who we are, for the server to check: any JSON, or a function that is asked for it on every link, when its socket is open, and whenever the
   * server asks; when its `signal` aborts nobody waits any more. Never in the URL.
   */
  readonly credential?: Credential | undefined;
  /** Answers to what the server asks; without one it hears `NO_HANDLER`. */
  readonly handlers?: ClientHandlers<K> | undefined;
  readonly outbox?: {
    /** The bound of what is sent and not acknowledged. @defaultValue 1_048_576 */
    readonly maxBytes?: number | undefined;
    /** What sending does without an open link: wait for one, or fail with `LINK_DOWN`. @defaultValue "hold" */
    readonly whileDown?: "hold" | "reject" | undefined;
  } | undefined;
  /**
   * `"session"`: a reload of the page goes on with the session, found by its `url`, so of two clients of one page with the same
   * `url` only one may ask for it. Needs a page: in a worker, or in Node, nothing is kept. PROTOCOL.md section 6.6. @defaultValue "none"
   */
  readonly storage?: "none" | "session" | undefined;
}
/** {@link ClientOptions} before anybody knows the types, with what an adapter may add. */
interface AnyClientOptions extends Omit<ClientOptions, "handlers"> {
  readonly handlers?: Readonly<Record<string, ((input: never, context: never) => unknown) | undefined>> | undefined;
  readonly headers?: Provided<Readonly<Record<string, string>>> | undefined;
}
/**
 * The client of one server, on any runtime. The packages for a runtime give it its types.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
declare function createAnyClient(adapter: Adapter, contract: Contract, options: AnyClientOptions): Client;
export { type Adapter, type AnswerOf, type AnyClientOptions, type AnyConnectOptions, type Args, type Attempt, type BackoffOptions, type Call, type CallContext, type CallOptions, type Client, type ClientHandlers, type ClientOptions, type ClientSession, type Clock, type Close, type Closed, type CommonOptions, type Connect, type ConnectOptions, type Connection, type ConnectionEvents, type ConnectionState, type ContextFor, type Contract, type ContractShape, type CursorOf, type Data, type DialRequest, type Dropped, type Entry, type ErrorCode, type ErrorOf, type ErrorSchemas, type Event, type EventOptions, type Fail, type Format, type FormatOptions, type GreetingLink, type HandlerFor, type HeartbeatOptions, type Hint, HoldfastError, type InDoubt, type InputOf, type Instant, type Invalid, type InvalidRecord, type ItemOf, type Link, type LinkListener, type Log, type LogEntry, type LogLevel, type Lost, type MessageSchemas, type NamesOf, type Nothing, type OutboxOptions, type OutputOf, type PayloadOf, type Provided, type ReaderOptions, type RemoteError, type SessionEvents, type SessionStore, type Stream, type StreamContext, type Surroundings, type Transport, type Tried, type Turn, type TypedConnectOptions, type Undo, type Verdict, type WaitOptions, type Why, call, checkEntries, checkHandlers, check as checkOption, checkOutgoing, createAnyClient, createConnection, defineContract, event, mergeContracts, stream, systemClock };
