/// <reference lib="esnext.disposable" />
/** Which way bytes go: `up` from client to server, `down` back. */
type Direction = "up" | "down";
/** A TCP proxy with faults. It knows nothing of WebSocket, so it carries `wss:` as well. */
interface FaultProxy extends AsyncDisposable {
  /** Where it listens. */
  readonly port: number;
  /** The url through the proxy; scheme and, if none is given, path are those of the target. */
  url(path?: string): string;
  /** Pairs of which neither side has ended, as far as the proxy was told; half-open ones are not counted. */
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
  /** Closes the port and every socket; resolves when all are gone. Idempotent. */
  close(): Promise<void>;
}
/** Where a proxy leads: a url (its host and port are used), or host and port. */
type Target = string | URL | {
  readonly host: string;
  readonly port: number;
};
/** Where a proxy leads. */
interface FaultProxyOptions {
  /** The server behind it. */
  readonly to: Target;
  /**
   * What jitter is seeded with.
   *
   * @defaultValue 1
   */
  readonly seed?: number | undefined;
}
/** Starts a TCP proxy on a free port of 127.0.0.1, behind which the network does what the test says. */
declare function createFaultProxy({ to, seed }: FaultProxyOptions): Promise<FaultProxy>;
export { type Direction, type FaultProxy, type FaultProxyOptions, type Target, createFaultProxy };
