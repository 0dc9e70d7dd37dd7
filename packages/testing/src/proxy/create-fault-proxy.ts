import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { type SeededRandom, seededRandom } from "../random/seeded-random.ts";
import type { FaultProxy } from "./fault-proxy.ts";
import { type Budget, type Direction, type Faults, noFaults } from "./faults.ts";
import { Pair } from "./pair.ts";
import { type Address, addressOf, type Target } from "./target.ts";

/** Where a proxy leads. */
export interface FaultProxyOptions {
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
export async function createFaultProxy({ to, seed = 1 }: FaultProxyOptions): Promise<FaultProxy> {
  const address = addressOf(to);
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return new TcpProxy(server, address, seededRandom(seed));
}

class TcpProxy implements FaultProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #to: Address;
  readonly #random: SeededRandom;
  readonly #faults: Faults = noFaults();
  readonly #pairs: Set<Pair> = new Set();
  readonly #bytes: Record<Direction, number> = { up: 0, down: 0 };
  #totalLinks = 0;
  #closing: Promise<void> | undefined;

  constructor(server: Server, to: Address, random: SeededRandom) {
    this.#server = server;
    this.#to = to;
    this.#random = random;
    this.port = (server.address() as AddressInfo).port;
    server.on("connection", (client) => this.#accept(client));
  }

  url(path: string = this.#to.path): string {
    return `${this.#to.scheme}//127.0.0.1:${this.port}${path}`;
  }

  get links(): number {
    return [...this.#pairs].filter(({ isLive }) => isLive).length;
  }

  get totalLinks(): number {
    return this.#totalLinks;
  }

  get bytes(): Readonly<Record<Direction, number>> {
    return { ...this.#bytes };
  }

  cut(): void {
    for (const pair of this.#pairs) pair.cut();
  }

  halfOpen(): void {
    for (const pair of this.#pairs) pair.halfOpen();
  }

  blackhole(): void {
    this.#set({ isBlackhole: true });
  }

  heal(): void {
    this.#allow(undefined);
    this.#set(noFaults());
  }

  delay(delayMs: number, jitterMs = 0): void {
    this.#set({ delayMs, jitterMs });
  }

  throttle(bytesPerSecond: number): void {
    if (!(bytesPerSecond > 0)) throw new RangeError("throttle() needs more than 0: for 0, use blackhole()");
    this.#set({ bytesPerSecond });
  }

  cutAfter(bytes: number, direction?: Direction): void {
    if (!(bytes >= 0)) throw new RangeError("cutAfter() needs 0 bytes or more");
    this.#allow(bytes === Infinity ? undefined : { leftBytes: bytes, direction });
  }

  refuse(): void {
    this.#set({ isRefusing: true });
  }

  accept(): void {
    this.#set({ isRefusing: false });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    const gone = [...this.#pairs].map((pair) => pair.gone);
    for (const pair of this.#pairs) pair.destroy();
    await Promise.all([closed, ...gone]);
  }

  #accept(client: Socket): void {
    if (this.#faults.isRefusing) {
      client.on("error", ignore);
      client.resetAndDestroy();
      return;
    }
    const pair = new Pair({
      client,
      to: this.#to,
      faults: this.#faults,
      random: this.#random,
      count: (direction, bytes) => (this.#bytes[direction] += bytes),
    });
    this.#totalLinks++;
    this.#pairs.add(pair);
    void pair.gone.then(() => this.#pairs.delete(pair));
  }

  #set(faults: Partial<Faults>): void {
    Object.assign(this.#faults, faults);
    for (const pair of this.#pairs) pair.look();
  }

  #allow(budget: Budget | undefined): void {
    this.#faults.budget = budget;
    for (const pair of this.#pairs) pair.allow(budget);
  }
}

/** The socket was reset on purpose. */
function ignore(): void {}
