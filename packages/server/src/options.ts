import type {
  AnswerOf,
  Args,
  CallOptions,
  Contract,
  ContextFor,
  InputOf,
  InvalidRecord,
  ItemOf,
  Log,
  LogLevel,
  NamesOf,
  OutputOf,
  PayloadOf,
  ReaderOptions,
  Tried,
  Undo,
} from "@holdfast/core";
import type { PerMessageDeflateOptions } from "ws";

/** Somebody whom `authenticate` knows. `id` is what resuming and `sessionsPerIdentity` compare. */
export interface Identity {
  readonly id: string;
}

/** Who everybody is where nobody is asked. */
export interface Anonymous extends Identity {
  readonly id: "anonymous";
}

/** What `authenticate` is told. */
export interface Visitor<R = unknown> {
  /** The HTTP request of the upgrade: headers, cookies, URL. */
  readonly request: R;
  /** What the client gave in `hello` or `auth`: any JSON, not checked. */
  readonly credential: unknown;
  /** Aborts when the client is gone meanwhile. */
  readonly signal: AbortSignal;
}

/** Somebody who comes in. */
export interface Welcomed<I extends Identity> {
  readonly identity: I;
  /** Joined before the first record, and when the credential is renewed. What is not named here is not left. */
  readonly rooms?: readonly string[] | undefined;
  /**
   * When the credential expires; the client is asked for another one in time. Milliseconds on `Date.now()`'s scale (not the seconds of a JWT's `exp`),
   * or a date. One that is over is as good as none (4101), and told to `failed`.
   */
  readonly expiresAt?: number | Date | undefined;
}

/**
 * What `authenticate` answers: who it is, or that somebody does not come in. `null` or `undefined` is no, for good (4001): the client stops with `UNAUTHORIZED`. `"expired"` is no longer (4101): the
 * client asks for another credential, and goes on with its session.
 */
export type AuthenticateResult<I extends Identity> = Welcomed<I> | "expired" | null | undefined;

/** How much is borne of each client. Sizes are bytes. */
export interface LimitOptions {
  /** The largest message that is taken. @defaultValue 1_048_576 */
  readonly maxMessageBytes?: number | undefined;
  /** What is sent to one session and not acknowledged. @defaultValue 1_048_576 */
  readonly outboxBytes?: number | undefined;
  /** The same of all sessions together, answers included that wait for room; above it the session that holds most loses its own. @defaultValue 268_435_456 */
  readonly outboxTotalBytes?: number | undefined;
  /** What a client may send before it hears an ack. @defaultValue 262_144 */
  readonly windowBytes?: number | undefined;
  /** Handlers of events that run at a time for one session; then nothing more is handed over, and the log is told. @defaultValue 256 */
  readonly handlersInFlight?: number | undefined;
  /** Calls of one session that are open at a time, until their answers have found room in its outbox; one more waits, and what is behind it too, and after a second without a free slot hears `BUSY`. @defaultValue 64 */
  readonly callsInFlight?: number | undefined;
  /** Streams of one session that are open at a time; one more hears `BUSY`. @defaultValue 64 */
  readonly streams?: number | undefined;
  /** Records of one session that are handed over in a second; more wait. @defaultValue Infinity */
  readonly messagesPerSecond?: number | undefined;
  /** Time from the upgrade to `hello`. @defaultValue 10_000 */
  readonly handshakeMs?: number | undefined;
  /** All sessions together; above it the one that has waited longest for its client ends, and where none waits one more is refused (4208). @defaultValue 100_000 */
  readonly sessions?: number | undefined;
  /** Sessions of one identity; above it the oldest without a link ends. Not for anonymous ones. @defaultValue 16 */
  readonly sessionsPerIdentity?: number | undefined;
  /** Ended sessions whose end is remembered for a day. @defaultValue 10_000 */
  readonly tombstones?: number | undefined;
}

/** How a server behaves. Durations are milliseconds. */
export interface ServerOptions<I extends Identity = Identity, R = unknown> {
  /**
   * Says who somebody is, after `hello` and again when a credential is about to expire. `null` or `undefined` is refused for good (4001);
   * `"expired"` is asked for another one (4101); a throw is told as our own fault, and the client tries again (4203).
   */
  readonly authenticate?:
    | ((visitor: Visitor<R>) => AuthenticateResult<I> | PromiseLike<AuthenticateResult<I>>)
    | undefined;
  /** Pages that may connect, as `Origin` says it; `"any"` for all. Programs send none and may always. @defaultValue pages of the same host */
  readonly allowedOrigins?: readonly string[] | "any" | undefined;
  readonly limits?: LimitOptions | undefined;
  /**
   * Whether to compress for clients that offer it: browsers do, `createClient` on Node with its own `perMessageDeflate`. What it brings is told in docs/sessions.md.
   *
   * @defaultValue `false`: it costs each link memory, and each message time
   */
  readonly perMessageDeflate?: boolean | PerMessageDeflateOptions | undefined;
  /** When a silent link is asked for a sign of life, and how long it is given. @defaultValue every 25_000, for 10_000 */
  readonly heartbeat?:
    | { readonly intervalMs?: number | undefined; readonly timeoutMs?: number | undefined }
    | undefined;
  /** How long a session outlives its link. @defaultValue 120_000 */
  readonly resumeWithinMs?: number | undefined;
  /** From which level to write to the console, or a log of your own. Of one kind twenty entries a second; the next tells how many were `leftOut`. Of what a client said the beginning: `invalid` has all of it. @defaultValue "warn" */
  readonly log?: LogLevel | "off" | Log | undefined;
}

/** {@link ServerOptions} with `authenticate`, without which everybody is {@link Anonymous}. */
export interface AskingServerOptions<I extends Identity, R = unknown> extends ServerOptions<I, R> {
  readonly authenticate: NonNullable<ServerOptions<I, R>["authenticate"]>;
}

/** What every handler is told. */
export interface HandlerContext<K extends Contract, I extends Identity> {
  readonly session: Session<K, I>;
  readonly identity: I;
  readonly server: Server<K, I>;
}

/** Handlers of everything that a client may send or ask. */
export type Handlers<K extends Contract, I extends Identity> = {
  readonly [N in keyof K["fromClient"]]: (
    input: InputOf<K["fromClient"][N]>,
    context: ContextFor<K["fromClient"][N], HandlerContext<K, I>>,
  ) => AnswerOf<K["fromClient"][N]>;
};

/** One of {@link Handlers}, for a file of its own: `export const join: Handler<typeof mail, "join", User> = ...` */
export type Handler<
  K extends Contract,
  N extends keyof K["fromClient"],
  I extends Identity = Anonymous,
> = Handlers<K, I>[N];

/** Somewhere to say something to more than one. */
export interface Audience<K extends Contract> {
  /** Those in that room too. */
  to(room: string): Audience<K>;
  /** But not this one. */
  except(session: { readonly id: string }): Audience<K>;
  /**
   * Says it to each once, serialised once. Resolves when each session has taken it for sending. A session whose outbox has
   * no room for it is lost, loudly: its client hears `lost` with `overflow`.
   *
   * @throws HoldfastError `INVALID_MESSAGE`, `CONFIG`
   */
  emit<N extends NamesOf<K["fromServer"], "event">>(
    name: N,
    ...args: Args<PayloadOf<K["fromServer"][N]>, never>
  ): Promise<void>;
}

/** One client, over any number of links. */
export interface Session<K extends Contract = Contract, I extends Identity = Identity> {
  readonly id: string;
  /** As `authenticate` said it last. */
  readonly identity: I;
  /** On a link, waiting for one, or over. */
  readonly phase: "attached" | "parked" | "dead";
  /** Where it is; of one that is over, where it was. */
  readonly rooms: ReadonlySet<string>;
  /** Bytes that are said and not acknowledged, answers that wait for room included: `limits.outboxBytes` bounds what it is given besides those. */
  readonly bufferedBytes: number;
  join(room: string): void;
  leave(room: string): void;
  /** Resolves when the client has it. Nobody has to wait for it. Throws as `Client.emit` does. */
  emit<N extends NamesOf<K["fromServer"], "event">>(
    name: N,
    ...args: Args<PayloadOf<K["fromServer"][N]>, { readonly signal?: AbortSignal | undefined }>
  ): Promise<void>;
  /** Asks the client. Throws as `Client.call` does; lost with its session: `SESSION_LOST`. */
  call<N extends NamesOf<K["fromServer"], "call">>(
    name: N,
    ...args: Args<InputOf<K["fromServer"][N]>, CallOptions>
  ): Promise<OutputOf<K["fromServer"][N]>>;
  /** Like {@link call}, but the contract's own errors are returned and not thrown. */
  tryCall<N extends NamesOf<K["fromServer"], "call">>(
    name: N,
    ...args: Args<InputOf<K["fromServer"][N]>, CallOptions>
  ): Promise<Tried<K["fromServer"][N]>>;
  /** Reads a stream of the client's. Throws as `Client.stream` does. */
  stream<N extends NamesOf<K["fromServer"], "stream">>(
    name: N,
    ...args: Args<InputOf<K["fromServer"][N]>, ReaderOptions>
  ): AsyncIterableIterator<ItemOf<K["fromServer"][N]>>;
  /**
   * Ends it on purpose. A client that is here does not come back; one that is not hears `lost` when it does, and begins anew.
   *
   * @param code - 1000, or 4000 to 4099. [1000]
   * @param reason - At most 123 bytes of UTF-8. [""]
   * @throws HoldfastError `CONFIG` for a code or reason that cannot be.
   */
  close(code?: number, reason?: string): void;
}

/** What a server tells, by name. One payload each. */
export interface ServerEvents<K extends Contract, I extends Identity> {
  /** Somebody is here; `lost` is why the session before could not go on. */
  opened: { readonly session: Session<K, I>; readonly lost: string | undefined };
  /** Somebody is here again. */
  resumed: { readonly session: Session<K, I> };
  /** Its link is gone, with this close code, the client's or our own (1006: without a word); it has `resumeWithinMs` to come back. */
  parked: { readonly session: Session<K, I>; readonly code: number; readonly reason: string };
  /** It did not come back in time. */
  expired: { readonly session: Session<K, I> };
  /** It ended in any way; `reason` is `expired`, `closed` or why it could not go on. */
  closed: { readonly session: Session<K, I>; readonly reason: string };
  /** It sent what the contract refuses. It goes on. */
  invalid: { readonly session: Session<K, I> } & InvalidRecord;
  /** A link was turned away: the close code, or the HTTP status of an upgrade that was refused. */
  refused: { readonly code: number; readonly reason: string };
  /** A handler, or `authenticate`, threw. */
  failed: { readonly session: Session<K, I> | undefined; readonly name: string; readonly error: unknown };
}

/** How a server lets go. */
export interface DrainOptions {
  /** @defaultValue 30_000 */
  readonly withinMs?: number | undefined;
  /** Where clients dial next, once: the process that takes over, say. After that it is their own `url` again. A second `drain` knows it still. */
  readonly url?: string | undefined;
}

/** The other end. */
export interface Server<
  K extends Contract = Contract,
  I extends Identity = Identity,
> extends AsyncDisposable {
  /** All that are not over. */
  readonly sessions: Iterable<Session<K, I>>;
  /** Calls `listener` with every such event; returns the undo. */
  on<N extends keyof ServerEvents<K, I>>(
    name: N,
    listener: (event: ServerEvents<K, I>[N]) => void,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Undo;
  /** Says it to everybody. See {@link Audience.emit}. */
  emit<N extends NamesOf<K["fromServer"], "event">>(
    name: N,
    ...args: Args<PayloadOf<K["fromServer"][N]>, never>
  ): Promise<void>;
  /** Those in a room. */
  to(room: string): Audience<K>;
  /** All sessions of one identity. */
  toIdentity(id: string): Audience<K>;
  /** Everybody but one. */
  except(session: { readonly id: string }): Audience<K>;
  /**
   * Lets go before a stop: takes no new links, asks every client to move, each at its own moment and when nothing of it is in doubt, and
   * resolves when all have and the handlers of events are through; whoever has not moved within `withinMs` milliseconds [30_000] is hung up, and what
   * is not through is waited for no more. PROTOCOL.md section 6.7.
   *
   * @throws HoldfastError `CONFIG` for a `withinMs` that is no whole number from 0, and a `url` that cannot be.
   */
  drain(options?: DrainOptions): Promise<void>;
  /** Ends every session and link. Idempotent. */
  close(): Promise<void>;
}
