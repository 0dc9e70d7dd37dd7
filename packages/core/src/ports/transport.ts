import type { Close } from "../protocol/close.ts";

/** What travels in one WebSocket message: text or bytes. */
export type Data = string | Uint8Array;

/** Where to dial. */
export interface DialRequest {
  /** Absolute, `ws:` or `wss:`. */
  readonly url: string;
  readonly protocols: readonly string[];
  /** Sent with the upgrade by transports that can (Node). */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * Opens sockets.
 *
 * - `dial` MUST return at once and MUST NOT call a listener before it has returned.
 * - It MAY throw for a request that no socket can be made of; it MUST NOT throw because of the network.
 */
export interface Transport {
  dial(request: DialRequest, listener: LinkListener): Link;
}

/**
 * What a link tells.
 *
 * - `opened` MUST come at most once and first.
 * - `closed` MUST come exactly once for a link that was not terminated, also when the dial fails, and MUST be the last.
 * - After `terminate()` nothing MUST come.
 * - Whatever the socket calls an error MUST end in `closed`; it MUST NOT reach the host program in any other way.
 */
export interface LinkListener {
  opened(): void;
  /** One whole message: a string, or bytes that nobody else changes. */
  message(data: Data): void;
  /** Any byte or pong, where the runtime shows them; a message counts without it. */
  heard(): void;
  /** The send buffer was full and is empty again, where the runtime tells; elsewhere the driver looks now and then. */
  drained?(): void;
  closed(close: Close): void;
}

/**
 * One socket.
 *
 * - `send` before `opened` is the caller's mistake. On a socket that is closing it MUST NOT throw, and sends nothing.
 * - `send` MUST throw, synchronously and without harm to the link, for data that cannot be sent.
 * - `close` starts the closing handshake; `closed` follows if and when the peer answers, never synchronously.
 * - `terminate` drops the socket at once, in any phase, as hard as the runtime allows. Idempotent, never throws.
 */
export interface Link {
  send(data: Data): void;
  /** Whether `send` sends: not before it opened, and not while it closes, by whomever. */
  readonly isWritable: boolean;
  close(code: number, reason: string): void;
  terminate(): void;
  /** A ping of the protocol itself (RFC 6455 section 5.5.2), where the runtime has one. */
  ping?(): void;
  /** The subprotocol that the peer chose, "" for none; known once it opened. */
  readonly protocol?: string | undefined;
  /** Bytes accepted by `send` that the network has not taken yet. */
  readonly bufferedBytes: number;
}
