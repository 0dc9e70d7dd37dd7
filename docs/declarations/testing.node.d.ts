/// <reference lib="esnext.disposable" />
import { Socket } from "node:net";
/** Which way bytes go: `up` from client to server, `down` back. */
type Direction = "up" | "down";
/**
 * What connections go through, with faults: a TCP proxy without its port. It knows nothing of WebSocket, so it carries whatever comes
 * over a connection.
 */
interface FaultTunnel extends AsyncDisposable {
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
/** Where a proxy leads: a url (its host and port are used), or host and port. */
type Target = string | URL | {
  readonly host: string;
  readonly port: number;
};
/** Where a tunnel leads. */
interface FaultTunnelOptions {
  /** The server behind it. */
  readonly to: Target;
  /**
   * What jitter is seeded with.
   *
   * @defaultValue 1
   */
  readonly seed?: number | undefined;
}
/**
 * Makes a tunnel, in which the network does what the test says. It listens nowhere: connections are handed to `carry()`.
 *
 * @throws TypeError for a target that is no url with a host and a port.
 */
declare function createFaultTunnel({ to, seed }: FaultTunnelOptions): FaultTunnel;
/** A TCP proxy with faults: a tunnel that accepts connections itself. It knows nothing of WebSocket, so it carries `wss:` as well. */
interface FaultProxy extends FaultTunnel {
  /** Where it listens. */
  readonly port: number;
  /** The url through the proxy; scheme and, if none is given, path are those of the target. */
  url(path?: string): string;
  /** Closes the port and every socket; resolves when all are gone. Idempotent. */
  close(): Promise<void>;
}
/** Where a proxy leads. */
type FaultProxyOptions = FaultTunnelOptions;
/** Starts a TCP proxy on a free port of 127.0.0.1, behind which the network does what the test says. */
declare function createFaultProxy({ to, seed }: FaultProxyOptions): Promise<FaultProxy>;
/** How often something was done, by direction. */
type MessageCounts = Readonly<Record<Direction, number>>;
/**
 * A proxy between two WebSocket ends that does to their messages what no network does: it is for what a protocol
 * promises on top of one.
 *
 * The client's path, headers and subprotocols, the server's choice or refusal, binary messages, pings, and closes with
 * code and reason pass as they are. Compression does not, nor do other headers of an upgrade that succeeds. A closing
 * handshake is made with the proxy, which then makes one with the other side.
 *
 * Each fault has a chance for each message, from 0 to 1; without a direction it is meant for both. It can be changed at
 * any time and counts for links that are there. Faults are rolled one by one, so a message may suffer several.
 */
interface FrameProxy extends AsyncDisposable {
  /** Where it listens. */
  readonly port: number;
  /** The url through the proxy, always `ws:`; the path, if none is given, is that of the target. */
  url(path?: string): string;
  /** Links that are open on both sides. */
  readonly links: number;
  /** Links ever made; refused ones are not counted. */
  readonly totalLinks: number;
  /** Messages that came, whatever was done to them. */
  readonly messages: MessageCounts;
  /**
   * Loses messages.
   *
   * @throws RangeError for what is no chance.
   */
  drop(chance: number, direction?: Direction): void;
  /**
   * Passes messages twice in a row.
   *
   * @throws RangeError for what is no chance.
   */
  double(chance: number, direction?: Direction): void;
  /**
   * Passes one of the 64 messages before this one in its link and direction again, after it.
   *
   * @throws RangeError for what is no chance.
   */
  replay(chance: number, direction?: Direction): void;
  /**
   * Passes only the beginning of a text, which may be nothing.
   *
   * @throws RangeError for what is no chance.
   */
  truncate(chance: number, direction?: Direction): void;
  /**
   * Holds a message and passes it after the next one that passes. Without a next one it waits for `heal()` or for the
   * sender to close.
   *
   * @throws RangeError for what is no chance.
   */
  reorder(chance: number, direction?: Direction): void;
  /** Messages lost. */
  readonly dropped: MessageCounts;
  /** Messages passed twice. */
  readonly doubled: MessageCounts;
  /** Messages passed again. */
  readonly replayed: MessageCounts;
  /** Texts cut short. */
  readonly truncated: MessageCounts;
  /** Messages that the next one overtook. */
  readonly reordered: MessageCounts;
  /** Terminates both sides of every link, without a close code. New links are as before. */
  cut(): void;
  /** Ends every fault: all chances are 0, and what was held passes. */
  heal(): void;
  /** Closes the port and terminates every link; resolves when all are gone. Idempotent. */
  close(): Promise<void>;
}
/** Where a proxy of messages leads, and what it may touch. */
interface FrameProxyOptions {
  /** The server behind it. */
  readonly to: Target;
  /**
   * What chance is seeded with. The n-th message that may be touched, of the n-th link in a direction, always has the
   * same fate.
   *
   * @defaultValue 1
   */
  readonly seed?: number | undefined;
  /**
   * Whether faults may happen to a text; what is not touched rolls nothing. Binary messages are never touched.
   *
   * @defaultValue every text
   */
  readonly touches?: ((text: string) => boolean) | undefined;
}
/** Starts a proxy of WebSocket messages on a free port of 127.0.0.1. */
declare function createFrameProxy(options: FrameProxyOptions): Promise<FrameProxy>;
export { type Direction, type FaultProxy, type FaultProxyOptions, type FaultTunnel, type FaultTunnelOptions, type FrameProxy, type FrameProxyOptions, type MessageCounts, type Target, createFaultProxy, createFaultTunnel, createFrameProxy };
