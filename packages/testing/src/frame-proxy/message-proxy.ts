import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Direction } from "../proxy/faults.ts";
import type { Address } from "../proxy/target.ts";
import { type SeededRandom, seededRandom } from "../random/seeded-random.ts";
import { dialUpstream } from "./dial-upstream.ts";
import { type FrameFault, frameFaults, noFrameFaults, type PerDirection } from "./frame-fault.ts";
import { FrameLink } from "./frame-link.ts";
import type { MessageCounts, FrameProxy } from "./frame-proxy.ts";
import type { Knock } from "./knock.ts";
import type { TamperingParts } from "./tampering.ts";

/** What a proxy of messages is made of. */
export interface MessageProxyParts {
  /** It listens. */
  readonly server: Server;
  readonly to: Address;
  readonly random: SeededRandom;
  readonly touches: (text: string) => boolean;
}

/** The proxy that `createFrameProxy` makes. */
export class MessageProxy implements FrameProxy {
  readonly port: number;
  readonly #parts: MessageProxyParts;
  readonly #chances: PerDirection = noFrameFaults();
  readonly #counts: PerDirection = noFrameFaults();
  readonly #messages: Record<Direction, number> = { up: 0, down: 0 };
  readonly #links: Set<FrameLink> = new Set();
  #totalLinks = 0;
  #closing: Promise<void> | undefined;

  constructor(parts: MessageProxyParts) {
    this.#parts = parts;
    const { server } = parts;
    this.port = (server.address() as AddressInfo).port;
    server.on("upgrade", (request, socket, head) => this.#knock({ request, socket: socket as Socket, head }));
  }

  url(path: string = this.#parts.to.path): string {
    return `ws://127.0.0.1:${this.port}${path}`;
  }

  get links(): number {
    return [...this.#links].filter(({ isLive }) => isLive).length;
  }

  get totalLinks(): number {
    return this.#totalLinks;
  }

  get messages(): MessageCounts {
    return { ...this.#messages };
  }

  drop(chance: number, direction?: Direction): void {
    this.#set("drop", chance, direction);
  }

  double(chance: number, direction?: Direction): void {
    this.#set("double", chance, direction);
  }

  replay(chance: number, direction?: Direction): void {
    this.#set("replay", chance, direction);
  }

  truncate(chance: number, direction?: Direction): void {
    this.#set("truncate", chance, direction);
  }

  reorder(chance: number, direction?: Direction): void {
    this.#set("reorder", chance, direction);
  }

  get dropped(): MessageCounts {
    return this.#countsOf("drop");
  }

  get doubled(): MessageCounts {
    return this.#countsOf("double");
  }

  get replayed(): MessageCounts {
    return this.#countsOf("replay");
  }

  get truncated(): MessageCounts {
    return this.#countsOf("truncate");
  }

  get reordered(): MessageCounts {
    return this.#countsOf("reorder");
  }

  cut(): void {
    for (const link of this.#links) link.cut();
  }

  heal(): void {
    for (const fault of frameFaults) this.#set(fault, 0);
    for (const link of this.#links) link.release();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    const { server } = this.#parts;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    const gone = [...this.#links].map((link) => link.gone);
    this.cut();
    await Promise.all([closed, ...gone]);
  }

  #knock(knock: Knock): void {
    const upstream = dialUpstream(this.#parts.to, knock.request);
    if (!upstream) {
      knock.socket.on("error", () => knock.socket.destroy());
      knock.socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", () => knock.socket.destroy());
      return;
    }
    const link = new FrameLink({ knock, upstream, accepted: () => this.#accepted() });
    this.#links.add(link);
    void link.gone.then(() => this.#links.delete(link));
  }

  #accepted(): Readonly<Record<Direction, TamperingParts>> {
    this.#totalLinks++;
    return { up: this.#tamperingOf("up"), down: this.#tamperingOf("down") };
  }

  #tamperingOf(direction: Direction): TamperingParts {
    const { random, touches } = this.#parts;
    return {
      chances: this.#chances[direction],
      counts: this.#counts[direction],
      // Its own, so that nothing depends on how directions and links mix.
      random: seededRandom(random.integer(0, 2 ** 32 - 1)),
      touches,
      came: () => this.#messages[direction]++,
    };
  }

  #countsOf(fault: FrameFault): MessageCounts {
    return { up: this.#counts.up[fault], down: this.#counts.down[fault] };
  }

  #set(fault: FrameFault, chance: number, direction?: Direction): void {
    if (!(chance >= 0 && chance <= 1)) throw new RangeError(`${fault}() needs a chance from 0 to 1`);
    for (const way of direction ? [direction] : (["up", "down"] as const)) this.#chances[way][fault] = chance;
  }
}
