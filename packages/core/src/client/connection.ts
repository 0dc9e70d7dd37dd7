import type { Closed, ConnectionState } from "./connection-state.ts";
import type { Invalid } from "./codec.ts";
import type { Undo } from "../common/emitter.ts";
import type { Dropped } from "./sending.ts";
import type { WaitOptions } from "../common/wait.ts";

/** What a connection tells, by name. One payload each. */
export interface ConnectionEvents<In, Out> {
  /** The state looks different from outside. */
  state: ConnectionState;
  /** A link is open, greeted, and the outbox is on its way. */
  opened: { readonly name: "OPEN" };
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
export interface Connection<In = string, Out = string> extends AsyncDisposable {
  /** What is going on: immutable, and the same object until it changes. */
  readonly state: ConnectionState;
  /** 0 to 3, as `WebSocket.readyState`. */
  readonly readyState: 0 | 1 | 2 | 3;
  /** Bytes that are sent and not out: in the outbox and in the socket. */
  readonly bufferedBytes: number;

  /** Calls `listener` with every such event; returns the undo. A listener that throws is logged and stops nobody else. */
  on<K extends keyof ConnectionEvents<In, Out>>(
    name: K,
    listener: (event: ConnectionEvents<In, Out>[K]) => void,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Undo;

  /**
   * The next such event that `where` accepts, as what it says it is.
   *
   * @throws HoldfastError `CLOSED` when the connection ends first, `TIMEOUT` after `timeoutMs`; the signal's reason on abort.
   */
  once<K extends keyof ConnectionEvents<In, Out>, T extends ConnectionEvents<In, Out>[K]>(
    name: K,
    where: (event: ConnectionEvents<In, Out>[K]) => event is T,
    options?: WaitOptions,
  ): Promise<T>;
  /**
   * The next such event, or the next one that `where` accepts.
   *
   * @throws HoldfastError `CLOSED` when the connection ends first, `TIMEOUT` after `timeoutMs`; the signal's reason on abort.
   */
  once<K extends keyof ConnectionEvents<In, Out>>(
    name: K,
    where?: (event: ConnectionEvents<In, Out>[K]) => boolean,
    options?: WaitOptions,
  ): Promise<ConnectionEvents<In, Out>[K]>;
  /**
   * The next such event.
   *
   * @throws HoldfastError `CLOSED` when the connection ends first, `TIMEOUT` after `timeoutMs`; the signal's reason on abort.
   */
  once<K extends keyof ConnectionEvents<In, Out>>(
    name: K,
    options: WaitOptions,
  ): Promise<ConnectionEvents<In, Out>[K]>;

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
