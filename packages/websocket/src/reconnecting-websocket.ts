import { closeArguments } from "./close-arguments.ts";
import { type Connection, createConnection } from "./connection.ts";
import { defineHandler } from "./events/define-handler.ts";
import { type SocketErrorEvent, SocketEventTarget } from "./events/socket-event-target.ts";
import type { Message, Options, ProtocolsProvider, UrlProvider } from "./options.ts";
import { textOf } from "./text-of.ts";

/**
 * A `WebSocket` that connects again.
 *
 * @throws `SyntaxError`, a `DOMException`, for a URL or subprotocol that no socket can be made of.
 */
export class ReconnectingWebSocket extends SocketEventTarget implements WebSocket {
  declare static readonly CONNECTING: 0;
  declare static readonly OPEN: 1;
  declare static readonly CLOSING: 2;
  declare static readonly CLOSED: 3;
  declare readonly CONNECTING: 0;
  declare readonly OPEN: 1;
  declare readonly CLOSING: 2;
  declare readonly CLOSED: 3;
  declare onopen: ((this: WebSocket, event: Event) => unknown) | null;
  declare onmessage: ((this: WebSocket, event: MessageEvent) => unknown) | null;
  declare onerror: ((this: WebSocket, event: SocketErrorEvent) => unknown) | null;
  declare onclose: ((this: WebSocket, event: CloseEvent) => unknown) | null;
  /** The URL of the newest attempt; "" until the first provider has answered. */
  declare readonly url: string;
  /** CONNECTING while it waits for the next attempt, too. While an end is told it is CLOSED: `shouldReconnect` knows more. */
  declare readonly readyState: 0 | 1 | 2 | 3;
  /** Bytes that wait for a connection, or for the network. */
  declare readonly bufferedAmount: number;
  /** The extensions in use, as the newest socket has them. */
  declare readonly extensions: string;
  /** The subprotocol in use, as the newest socket has it. */
  declare readonly protocol: string;
  /** Retries since the last connection that was stable. */
  declare readonly retryCount: number;
  /** Whether it will connect again after a loss: not before it was opened, after `close()`, or after it gave up. */
  declare readonly shouldReconnect: boolean;

  static {
    const { prototype } = this;
    for (const [value, name] of ["CONNECTING", "OPEN", "CLOSING", "CLOSED"].entries()) {
      for (const owner of [this, prototype]) Object.defineProperty(owner, name, { value, enumerable: true });
    }
    const attributes = [
      "url",
      "readyState",
      "bufferedAmount",
      "extensions",
      "protocol",
      "retryCount",
      "shouldReconnect",
    ] as const;
    for (const name of attributes) {
      const get = function (this: ReconnectingWebSocket): unknown {
        return this.#connection[name];
      };
      Object.defineProperty(prototype, name, { get, configurable: true });
    }
    for (const type of ["open", "message", "error", "close"]) defineHandler(prototype, type);
    Object.defineProperty(prototype, Symbol.toStringTag, { value: "WebSocket" });
    // What a class declares cannot be enumerated, what the standard declares can.
    for (const name of Object.getOwnPropertyNames(prototype)) {
      Object.defineProperty(prototype, name, { enumerable: name !== "constructor" });
    }
  }

  /** A class with these options bound, for libraries that take a class. */
  static with(options: Options): typeof ReconnectingWebSocket {
    return class extends this {
      constructor(url: UrlProvider, protocols: ProtocolsProvider = [], more: Options = {}) {
        super(url, protocols, { ...options, ...more });
      }
    };
  }

  readonly #connection: Connection;

  constructor(url: UrlProvider, protocols: ProtocolsProvider = [], options: Options = {}) {
    super();
    this.#connection = createConnection(url, protocols, options, (event) => this.dispatchEvent(event));
  }

  /** What binary messages arrive as, from every socket to come as well. */
  get binaryType(): BinaryType {
    return this.#connection.binaryType;
  }

  set binaryType(value: BinaryType) {
    const type = textOf(value);
    if (type === "blob" || type === "arraybuffer") this.#connection.binaryType = type;
  }

  /**
   * Sends, or holds until there is a connection; before the `open` event, what was held has left.
   *
   * @returns whether it was handed to an open socket.
   * @throws `InvalidStateError`, with `whileDown: "throw"`, while CONNECTING.
   */
  send(data: Message): boolean {
    if (!arguments.length) throw new TypeError("nothing to send");
    return this.#connection.send(data);
  }

  /** Takes back what was held and has not been sent. */
  drainQueuedMessages(): Message[] {
    return this.#connection.drainQueuedMessages();
  }

  /**
   * Closes for good, or until `reconnect()`. One `close` event follows.
   *
   * @throws `InvalidAccessError` for a code that is not 1000 or 3000 to 4999, `SyntaxError` for a reason over 123 bytes.
   */
  close(code?: number, reason?: string): void {
    this.#connection.close(...closeArguments(code, reason));
  }

  /**
   * Connects anew, at once, whatever it is doing, with all retries before it.
   * An open socket is closed with `code` and `reason`, and a `close` event tells so.
   *
   * @throws what `close` throws.
   */
  reconnect(code = 1_000, reason = ""): void {
    this.#connection.reconnect(...closeArguments(code, reason));
  }
}
