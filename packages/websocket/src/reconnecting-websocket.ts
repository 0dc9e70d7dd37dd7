import { byteLength } from "./byte-length.ts";
import { closeArguments } from "./close-arguments.ts";
import { Connection, socketClass } from "./connection.ts";
import { domError } from "./dom-error.ts";
import { defineHandlers } from "./events/handlers.ts";
import { events, type SocketErrorEvent, SocketEventTarget } from "./events/socket-event-target.ts";
import type { Message, Options, ProtocolsProvider, UrlProvider } from "./options.ts";
import { messageOf, Outbox } from "./outbox.ts";

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

  static {
    const { prototype } = this;
    for (const [value, name] of ["CONNECTING", "OPEN", "CLOSING", "CLOSED"].entries()) {
      for (const owner of [this, prototype]) Object.defineProperty(owner, name, { value, enumerable: true });
    }
    defineHandlers(prototype, ["open", "message", "error", "close"]);
    Object.defineProperty(prototype, Symbol.toStringTag, { value: "WebSocket", configurable: true });
    // What a class declares cannot be enumerated, what the standard declares can.
    for (const name of Object.getOwnPropertyNames(prototype)) {
      if (name !== "constructor") Object.defineProperty(prototype, name, { enumerable: true });
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

  readonly #options: Options;
  readonly #connection: Connection;
  readonly #outbox: Outbox = new Outbox();
  /** What was sent to nobody. */
  #lostBytes = 0;

  constructor(url: UrlProvider, protocols: ProtocolsProvider = [], options: Options = {}) {
    super();
    if (url === undefined) throw new TypeError("a WebSocket needs a URL");
    this.#options = options;
    this.#connection = new Connection(url, protocols, options, {
      fire: (event) => this.dispatchEvent(event),
      flush: () => this.#flush(),
    });
    socketClass(options);
    if (!options.startClosed) this.#connection.open();
  }

  /** The URL of the newest attempt; "" until the first provider has answered. */
  get url(): string {
    return this.#connection.url;
  }

  /** CONNECTING while it waits for the next attempt, too. CLOSED for good only when `shouldReconnect` is false. */
  get readyState(): 0 | 1 | 2 | 3 {
    return this.#connection.readyState;
  }

  /** Bytes that wait for a connection, or for the network. */
  get bufferedAmount(): number {
    return this.#outbox.bytes + this.#lostBytes + (this.#connection.link?.bufferedBytes ?? 0);
  }

  /** The extensions in use, as the newest socket has them. */
  get extensions(): string {
    return this.#connection.link?.socket?.extensions ?? "";
  }

  /** The subprotocol in use, as the newest socket has it. */
  get protocol(): string {
    return this.#connection.link?.socket?.protocol ?? "";
  }

  /** What binary messages arrive as, from every socket to come as well. */
  get binaryType(): BinaryType {
    return this.#connection.binaryType;
  }

  set binaryType(value: BinaryType) {
    const type = `${value}`;
    if (type !== "blob" && type !== "arraybuffer") return;
    this.#connection.binaryType = type;
    this.#connection.link?.setBinaryType(type);
  }

  /** Retries since the last connection that was stable. */
  get retryCount(): number {
    return this.#connection.retryCount;
  }

  /** Whether it will connect again after a loss: not before it was opened, after `close()`, or after it gave up. */
  get shouldReconnect(): boolean {
    const { phase } = this.#connection;
    return phase !== "idle" && phase !== "closing" && phase !== "ended";
  }

  /**
   * Sends, or holds until there is a connection; before the `open` event, what was held has left.
   *
   * @returns whether it was handed to an open socket.
   * @throws `InvalidStateError`, with `whileDown: "throw"`, while CONNECTING.
   */
  send(data: Message): boolean {
    if (!arguments.length) throw new TypeError("send needs an argument");
    const message = messageOf(data);
    const { readyState, link } = this.#connection;
    if (readyState === 1) {
      this.#connection.debug("send", message);
      link?.write(message);
      return true;
    }
    const { whileDown, maxEnqueuedMessages = Infinity } = this.#options;
    if (whileDown !== "throw") {
      this.#connection.debug("enqueue", message);
      if (!this.#outbox.hold(message, maxEnqueuedMessages)) this.#drop(message);
    } else if (readyState) {
      this.#lostBytes += byteLength(message);
    } else {
      throw domError("InvalidStateError", "the WebSocket is still connecting");
    }
    return false;
  }

  /** Takes back what was held and has not been sent. */
  drainQueuedMessages(): Message[] {
    return this.#outbox.drain();
  }

  /**
   * Closes for good, or until `reconnect()`. One `close` event follows.
   *
   * @throws `InvalidAccessError` for a code that is not 1000 or 3000 to 4999, `SyntaxError` for a reason over 123 bytes.
   */
  close(code?: number, reason?: string): void {
    const checked = closeArguments(code, reason);
    this.#connection.close(checked.code, checked.reason);
  }

  /**
   * Connects anew, at once, whatever it is doing, with all retries before it.
   * An open socket is closed with `code` and `reason`, and a `close` event tells so.
   *
   * @throws what `close` throws.
   */
  reconnect(code = 1_000, reason = ""): void {
    const checked = closeArguments(code, reason);
    this.#lostBytes = 0;
    this.#connection.reconnect(checked.code, checked.reason);
  }

  #flush(): void {
    for (const message of this.#outbox.drain()) {
      try {
        this.#connection.link?.write(message);
      } catch {
        // It would be refused the next time as well.
        this.#drop(message);
      }
    }
  }

  #drop(message: Message): void {
    this.#connection.debug("dropped", message);
    this.dispatchEvent(new events.MessageEvent("dropped", { data: message }));
  }
}
