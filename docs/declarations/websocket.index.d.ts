/// <reference lib="esnext.disposable" />
import { Clock, Clock as Clock$1 } from "@holdfast/core/driver";
/** An `error` event: what the runtime said of it, where it says anything. */
interface SocketErrorEvent extends Event {
  /** `"TIMEOUT"` for an attempt that took longer than `connectionTimeout`. */
  readonly message?: string;
  readonly error?: unknown;
}
/** The events of a `ReconnectingWebSocket`. */
interface SocketEventMap {
  /** At every connection, the first included. */
  readonly open: Event;
  readonly message: MessageEvent;
  /** Always followed by `close`. */
  readonly error: SocketErrorEvent;
  /** At every loss and after every failed attempt; `shouldReconnect` tells whether it goes on. */
  readonly close: CloseEvent;
  /** A message that never left: too many waited, or the socket refused it. Not of the standard. */
  readonly dropped: MessageEvent;
}
/** An `EventTarget` that knows its events. */
interface SocketEventTarget extends EventTarget {
  addEventListener<K extends keyof SocketEventMap>(type: K, listener: (this: WebSocket, event: SocketEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof SocketEventMap>(type: K, listener: (this: WebSocket, event: SocketEventMap[K]) => unknown, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
}
/** The class to extend. */
declare const SocketEventTarget: new () => SocketEventTarget;
/** What is used of a `WebSocket`: the class of every runtime has it, and so has `ws`. */
interface SocketLike {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  readonly readyState: number;
  readonly url?: string | undefined;
  readonly protocol?: string | undefined;
  readonly extensions?: string | undefined;
  readonly bufferedAmount?: number | undefined;
  send(data: never): void;
  close(code?: number, reason?: string): void;
  /** `ws` and Bun have it. */
  terminate?(): void;
}
/** A class of sockets. */
type SocketClass = new (url: string, protocols?: string[]) => SocketLike;
/** Where to connect to; a function is asked before every attempt, and what it throws or rejects with fails the attempt. */
type UrlProvider = string | URL | (() => string | URL | PromiseLike<string | URL>);
type Protocols = string | readonly string[] | null | undefined;
/** The subprotocols to offer; a function is asked before every attempt. */
type ProtocolsProvider = Protocols | (() => Protocols | PromiseLike<Protocols>);
/** What `send` takes. */
type Message = string | ArrayBuffer | ArrayBufferView | Blob;
/** The options of reconnecting-websocket 4.4 and partysocket 1.x, as they mean there, and what is ours: `whileDown` and `clock`. */
interface Options {
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
  readonly clock?: Clock$1 | undefined;
}
/**
 * A `WebSocket` that connects again.
 *
 * @throws `SyntaxError`, a `DOMException`, for a URL or subprotocol that no socket can be made of.
 */
declare class ReconnectingWebSocket extends SocketEventTarget implements WebSocket {
  #private;
  static readonly CONNECTING: 0;
  static readonly OPEN: 1;
  static readonly CLOSING: 2;
  static readonly CLOSED: 3;
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSING: 2;
  readonly CLOSED: 3;
  onopen: ((this: WebSocket, event: Event) => unknown) | null;
  onmessage: ((this: WebSocket, event: MessageEvent) => unknown) | null;
  onerror: ((this: WebSocket, event: SocketErrorEvent) => unknown) | null;
  onclose: ((this: WebSocket, event: CloseEvent) => unknown) | null;
  /** The URL of the newest attempt; "" until the first provider has answered. */
  readonly url: string;
  /** CONNECTING while it waits for the next attempt, too. While an end is told it is CLOSED: `shouldReconnect` knows more. */
  readonly readyState: 0 | 1 | 2 | 3;
  /** Bytes that wait for a connection, or for the network. */
  readonly bufferedAmount: number;
  /** The extensions in use, as the newest socket has them. */
  readonly extensions: string;
  /** The subprotocol in use, as the newest socket has it. */
  readonly protocol: string;
  /** Retries since the last connection that was stable. */
  readonly retryCount: number;
  /** Whether it will connect again after a loss: not before it was opened, after `close()`, or after it gave up. */
  readonly shouldReconnect: boolean;
  /** A class with these options bound, for libraries that take a class. */
  static with(options: Options): typeof ReconnectingWebSocket;
  constructor(url: UrlProvider, protocols?: ProtocolsProvider, options?: Options);
  /** What binary messages arrive as, from every socket to come as well. */
  get binaryType(): BinaryType;
  set binaryType(value: BinaryType);
  /**
   * Sends, or holds until there is a connection; before the `open` event, what was held has left.
   *
   * @returns whether it was handed to an open socket.
   * @throws `InvalidStateError`, with `whileDown: "throw"`, while CONNECTING.
   */
  send(data: Message): boolean;
  /** Takes back what was held and has not been sent. */
  drainQueuedMessages(): Message[];
  /**
   * Closes for good, or until `reconnect()`. One `close` event follows.
   *
   * @throws `InvalidAccessError` for a code that is not 1000 or 3000 to 4999, `SyntaxError` for a reason over 123 bytes.
   */
  close(code?: number, reason?: string): void;
  /**
   * Connects anew, at once, whatever it is doing, with all retries before it.
   * An open socket is closed with `code` and `reason`, and a `close` event tells so.
   *
   * @throws what `close` throws.
   */
  reconnect(code?: number, reason?: string): void;
}
export { type Clock, type Message, type Options, type ProtocolsProvider, ReconnectingWebSocket, type SocketClass, type SocketErrorEvent, type SocketEventMap, type SocketLike, type UrlProvider };
