import type { Socket } from "node:net";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { FaultTunnel } from "./fault-tunnel.ts";
import { type Budget, type Direction, type Faults, noFaults } from "./faults.ts";
import { Pair } from "./pair.ts";
import type { Address } from "./target.ts";

/** The pairs, and the faults between their ends; whoever accepts connections hands them over. */
export class Tunnel implements FaultTunnel {
  readonly #to: Address;
  readonly #random: SeededRandom;
  readonly #faults: Faults = noFaults();
  readonly #pairs: Set<Pair> = new Set();
  readonly #bytes: Record<Direction, number> = { up: 0, down: 0 };
  #totalLinks = 0;
  #closing: Promise<void> | undefined;

  constructor(to: Address, random: SeededRandom) {
    this.#to = to;
    this.#random = random;
  }

  carry(client: Socket, head?: Uint8Array): void {
    client.on("error", ignore);
    if (client.destroyed) return;
    if (this.#closing) return void client.destroy();
    if (this.#faults.isRefusing) return void client.resetAndDestroy();
    client.allowHalfOpen = true;
    client.setNoDelay(true);
    const pair = new Pair({
      client,
      head,
      to: this.#to,
      faults: this.#faults,
      random: this.#random,
      count: (direction, bytes) => (this.#bytes[direction] += bytes),
    });
    this.#totalLinks++;
    this.#pairs.add(pair);
    void pair.gone.then(() => this.#pairs.delete(pair));
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
    const gone = [...this.#pairs].map((pair) => pair.gone);
    for (const pair of this.#pairs) pair.destroy();
    await Promise.all(gone);
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

/** A pair hears its errors itself; those of another socket are of our making. */
function ignore(): void {}
