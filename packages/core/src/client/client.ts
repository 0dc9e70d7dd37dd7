import type { Contract } from "../contract/contract.ts";
import type { Args, ErrorOf, InputOf, ItemOf, NamesOf, OutputOf, PayloadOf } from "../contract/types.ts";
import type { InvalidRecord } from "../exchange/answering.ts";
import type { CallOptions } from "../exchange/asking.ts";
import type { InDoubt } from "../exchange/in-doubt.ts";
import type { ReaderOptions } from "../exchange/reader.ts";
import type { Closed, ConnectionState } from "./connection-state.ts";
import type { Undo } from "../common/emitter.ts";
import type { WaitOptions } from "../common/wait.ts";

/** What a session tells, by name. One payload each. */
export interface SessionEvents {
  /** A session began: the first one, or the one after a lost one. */
  opened: { readonly id: string };
  /** It goes on over a new link; nothing is missing. */
  resumed: { readonly id: string };
  /** It cannot go on. A new one began; what is in doubt has failed, everything else goes on there. */
  lost: Lost;
  /** Something arrived that the contract refuses. The session goes on. */
  invalid: InvalidRecord;
  /** It is over, until `reconnect()`: asked for, or given up, which `cause` tells. */
  closed: Closed;
}

/** What a lost session means. PROTOCOL.md section 6.1. */
export interface Lost {
  /** `unknown` (the server lost its state), `expired`, `overflow`, `position`, `gap`, `identity`, `closed` (on purpose, by the server). */
  readonly reason: string;
  /** What the other end may or may not have had. */
  readonly inDoubt: readonly InDoubt[];
}

/** The session of a client. */
export interface ClientSession {
  /** Known once it was opened. */
  readonly id: string | undefined;
  /** Calls `listener` with every such event; returns the undo. */
  on<N extends keyof SessionEvents>(
    name: N,
    listener: (event: SessionEvents[N]) => void,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Undo;
  /** The next such event. @throws HoldfastError `CLOSED` when it ends first, `TIMEOUT`; the signal's reason on abort. */
  once<N extends keyof SessionEvents>(name: N, options?: WaitOptions): Promise<SessionEvents[N]>;
}

/** The answer to {@link Client.tryCall}. */
export type Tried<E> =
  | { readonly ok: true; readonly output: OutputOf<E> }
  | { readonly ok: false; readonly error: ErrorOf<E> };

/**
 * One end of a session: every message once and in order, in both directions, over any number of links.
 * Made by `createClient` of `@holdfast/browser` or `@holdfast/node`.
 */
export interface Client<K extends Contract = Contract> extends AsyncDisposable {
  /** What is going on: immutable, and the same object until it changes. */
  readonly state: ConnectionState;
  /** Bytes that are sent and not acknowledged. */
  readonly bufferedBytes: number;
  readonly session: ClientSession;

  /** Calls `listener` with every such event of the server's; returns the undo. One that throws is logged and stops nobody else. */
  on<N extends NamesOf<K["fromServer"], "event">>(
    name: N,
    listener: (payload: PayloadOf<K["fromServer"][N]>) => void,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Undo;

  /**
   * The next such event, or the next one that `where` accepts.
   *
   * @throws HoldfastError `CLOSED` when the client ends first, `TIMEOUT` after `timeoutMs`; the signal's reason on abort.
   */
  once<N extends NamesOf<K["fromServer"], "event">>(
    name: N,
    where?: (payload: PayloadOf<K["fromServer"][N]>) => boolean,
    options?: WaitOptions,
  ): Promise<PayloadOf<K["fromServer"][N]>>;
  /**
   * The next such event.
   *
   * @throws HoldfastError `CLOSED` when the client ends first, `TIMEOUT` after `timeoutMs`; the signal's reason on abort.
   */
  once<N extends NamesOf<K["fromServer"], "event">>(
    name: N,
    options: WaitOptions,
  ): Promise<PayloadOf<K["fromServer"][N]>>;

  /**
   * Resolves when the server has it: handed over, once, to its handler or, if its contract refuses it, to its `invalid`. Nobody has to wait for it. Aborting ends the wait, and
   * takes back what was never written.
   *
   * @throws HoldfastError `INVALID_MESSAGE`, `OUTBOX_FULL`, `TOO_LARGE`, `LINK_DOWN` (`whileDown: "reject"`): nothing
   * was sent; `SESSION_LOST`, `CLOSED`, or what else ended the client: see `inDoubt`, which is absent of what was said after the end.
   */
  emit<N extends NamesOf<K["fromClient"], "event">>(
    name: N,
    ...args: Args<PayloadOf<K["fromClient"][N]>, { readonly signal?: AbortSignal | undefined }>
  ): Promise<void>;

  /**
   * Asks, and resolves with the answer. Abort and timeout tell the server that nobody waits any more.
   *
   * @throws HoldfastError what {@link emit} does; `REMOTE` with what the server answered instead, `TIMEOUT` after `timeoutMs`
   * [30 s]; the signal's reason on abort.
   */
  call<N extends NamesOf<K["fromClient"], "call">>(
    name: N,
    ...args: Args<InputOf<K["fromClient"][N]>, CallOptions>
  ): Promise<OutputOf<K["fromClient"][N]>>;

  /** Like {@link call}, but the contract's own errors are returned and not thrown. */
  tryCall<N extends NamesOf<K["fromClient"], "call">>(
    name: N,
    ...args: Args<InputOf<K["fromClient"][N]>, CallOptions>
  ): Promise<Tried<K["fromClient"][N]>>;

  /**
   * Asks for a stream with the first `next()`, and reads it at leisure: a slow reader slows the server. It goes on from its cursor after a
   * lost session. Leaving the loop tells the server.
   *
   * @throws HoldfastError at once: `CONFIG` for a name or `credit` that cannot be, `INVALID_MESSAGE` for an input that the contract refuses.
   * While reading: what {@link call} does, `TIMEOUT` aside.
   */
  stream<N extends NamesOf<K["fromClient"], "stream">>(
    name: N,
    ...args: Args<InputOf<K["fromClient"][N]>, ReaderOptions>
  ): AsyncIterableIterator<ItemOf<K["fromClient"][N]>>;

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
  close(options?: { readonly drainMs?: number | undefined }): Promise<void>;
}
