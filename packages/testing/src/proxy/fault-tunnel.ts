import type { Socket } from "node:net";
import type { Direction } from "./faults.ts";

/**
 * What connections go through, with faults: a TCP proxy without its port. It knows nothing of WebSocket, so it carries whatever comes
 * over a connection.
 */
export interface FaultTunnel extends AsyncDisposable {
  /**
   * Carries a connection that somebody else accepted, such as the socket of an upgrade. `head` is passed on first, as if it had come over
   * the connection. The socket, one of TCP and not of TLS, is the tunnel's from now on: nobody else may read it or write to it.
   */
  carry(socket: Socket, head?: Uint8Array): void;
  /** Pairs of which neither side has ended, as far as the tunnel was told; half-open ones are not counted. */
  readonly links: number;
  /** Pairs ever made; refused connections are not counted. */
  readonly totalLinks: number;
  /** Bytes passed on since the start, by direction. */
  readonly bytes: Readonly<Record<Direction, number>>;
  /** Resets both sides of every pair there is. New connections are as before. */
  cut(): void;
  /**
   * Makes every pair there is half-open: its server side is reset, its client side stays and is told nothing, what the
   * client sends is swallowed. Nothing heals such a pair; it ends when the client drops it, with `cut()` or `close()`.
   */
  halfOpen(): void;
  /**
   * Lets nothing pass either way and closes nothing, until `heal()`: what was sent waits, as TCP makes it wait.
   * New connections are accepted and wait as well.
   */
  blackhole(): void;
  /** Ends every lasting fault: `blackhole`, `delay`, `throttle`, `cutAfter` and `refuse`. What waited passes at once. */
  heal(): void;
  /** Makes every byte, and every end of a stream, take `delayMs` and up to `jitterMs` more, each way. Order is kept; 0 ends it. */
  delay(delayMs: number, jitterMs?: number): void;
  /**
   * Passes no more than so many bytes a second in each direction of each pair; `Infinity` ends it.
   *
   * @throws RangeError for 0 or less.
   */
  throttle(bytesPerSecond: number): void;
  /**
   * Resets each pair, those to come included, once it has passed `bytes` from now on or from its beginning.
   * Not one byte more is passed. Without a direction both count; `Infinity` ends it.
   *
   * @throws RangeError for less than 0.
   */
  cutAfter(bytes: number, direction?: Direction): void;
  /** Resets new connections, until `accept()`. Pairs there are stay. */
  refuse(): void;
  /** Accepts new connections again. */
  accept(): void;
  /** Ends every connection; resolves when all are gone, and what comes later is not carried. Idempotent. */
  close(): Promise<void>;
}
