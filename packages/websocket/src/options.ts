import type { Clock } from "@holdfast/core/driver";
import type { SocketClass } from "./socket-like.ts";

/** Where to connect to; a function is asked before every attempt, and what it throws or rejects with fails the attempt. */
export type UrlProvider = string | URL | (() => string | URL | PromiseLike<string | URL>);

type Protocols = string | readonly string[] | null | undefined;

/** The subprotocols to offer; a function is asked before every attempt. */
export type ProtocolsProvider = Protocols | (() => Protocols | PromiseLike<Protocols>);

/** What `send` takes. */
export type Message = string | ArrayBuffer | ArrayBufferView | Blob;

/** The options of reconnecting-websocket 4.4 and partysocket 1.x, as they mean there, and what is ours: `whileDown` and `clock`. */
export interface Options {
  /**
   * The class of the sockets underneath.
   *
   * @defaultValue the global `WebSocket`, looked up by the constructor
   */
  readonly WebSocket?: SocketClass | undefined;
  /**
   * No wait between two attempts is longer, in milliseconds.
   *
   * @defaultValue 10000
   */
  readonly maxReconnectionDelay?: number | undefined;
  /**
   * No wait is shorter, in milliseconds. The first is anywhere from here to twice as long, so that a herd spreads.
   *
   * @defaultValue anywhere from 1000 to 5000, drawn anew for every attempt
   */
  readonly minReconnectionDelay?: number | undefined;
  /**
   * By how much the longest wait grows with each failure.
   *
   * @defaultValue 1.3
   */
  readonly reconnectionDelayGrowFactor?: number | undefined;
  /**
   * After so many milliseconds open, a connection counts as stable and its loss as the first.
   *
   * @defaultValue 5000
   */
  readonly minUptime?: number | undefined;
  /**
   * A socket that has not opened after so many milliseconds is dropped and its attempt has failed.
   *
   * @defaultValue 4000
   */
  readonly connectionTimeout?: number | undefined;
  /**
   * Retries in a row after which it gives up; `reconnect()` begins again.
   *
   * @defaultValue Infinity
   */
  readonly maxRetries?: number | undefined;
  /**
   * Messages that may wait for a connection. One more is dropped, told by the event `dropped`.
   *
   * @defaultValue Infinity
   */
  readonly maxEnqueuedMessages?: number | undefined;
  /**
   * Begins CLOSED, to be opened by `reconnect()`.
   *
   * @defaultValue false
   */
  readonly startClosed?: boolean | undefined;
  /** Asked at every failed attempt, and at every close that `close()` and `reconnect()` did not make; `false`, or nothing, ends it there. */
  readonly shouldReconnectOnClose?: ((event: CloseEvent) => boolean) | undefined;
  /**
   * What `send` does while there is no connection: hold the message until there is one, or what the standard says:
   * throw `InvalidStateError` while CONNECTING, drop it while CLOSING or CLOSED.
   *
   * @defaultValue `"hold"`
   */
  readonly whileDown?: "hold" | "throw" | undefined;
  /**
   * Tells `debugLogger` what happens.
   *
   * @defaultValue false
   */
  readonly debug?: boolean | undefined;
  /**
   * Where `debug` goes.
   *
   * @defaultValue `console.log`
   */
  readonly debugLogger?: ((...args: unknown[]) => void) | undefined;
  /**
   * Time and chance; the one of `@holdfast/testing` makes them virtual.
   *
   * @defaultValue the runtime's own
   */
  readonly clock?: Clock | undefined;
}
