import type { Clock, Close, Data, DialRequest, Link, LinkListener, Transport } from "@holdfast/core/driver";

/** Where a simulated network leads: takes the server's end of a link, and gives who listens there. */
export type Accept = (link: ServerEnd, request: DialRequest) => LinkListener;

/** The server's end of a simulated link. */
export interface ServerEnd extends Link {
  readonly drainedBytes: number;
  readonly readBytes: number;
  sendAll(texts: readonly string[]): void;
}

type Side = "client" | "server";

const lost: Close = { code: 1006, reason: "", wasClean: false };

/** A network in virtual time, on which things go wrong when the test says so. */
export class SimulatedNetwork implements Transport {
  readonly #clock: Clock;
  readonly #accept: Accept;
  readonly #wires: Set<Wire> = new Set();
  #totalLinks = 0;
  #isRefusing = false;
  #isBlack = false;
  /** What every message takes. For the test to set. */
  latencyMs = 1;

  constructor(clock: Clock, accept: Accept) {
    this.#clock = clock;
    this.#accept = accept;
  }

  /** Links of which neither end has heard the end. */
  get links(): number {
    return [...this.#wires].filter(({ isWhole }) => isWhole).length;
  }

  /** Links ever opened. */
  get totalLinks(): number {
    return this.#totalLinks;
  }

  /** Breaks every link there is; both ends are told. New ones are as before. */
  cut(): void {
    for (const wire of this.#wires) wire.break("client", "server");
  }

  /** Breaks every link there is; the server is told, the client is not. */
  halfOpen(): void {
    for (const wire of this.#wires) wire.break("server");
  }

  /** Breaks every link there is; the client is told, the server is not. */
  vanish(): void {
    for (const wire of this.#wires) wire.break("client");
  }

  /** From now on nothing arrives any more, on new links neither, and nobody is told, until `heal()`. */
  blackhole(): void {
    this.#isBlack = true;
    for (const wire of this.#wires) wire.swallow();
  }

  /** From now on every dial fails, until `heal()`. */
  refuse(): void {
    this.#isRefusing = true;
  }

  /** New links are as they should be. Those that fell into a black hole stay there. */
  heal(): void {
    this.#isBlack = this.#isRefusing = false;
  }

  dial(request: DialRequest, listener: LinkListener): Link {
    const wire = new Wire(
      this.#clock,
      () => this.latencyMs,
      () => this.#wires.delete(wire),
    );
    this.#wires.add(wire);
    const client = wire.end("client");
    wire.listeners.client = listener;
    if (this.#isBlack) wire.swallow();
    else if (this.#isRefusing) wire.break("client");
    else {
      wire.later("client", (to) => {
        this.#totalLinks++;
        wire.listeners.server = this.#accept(wire.end("server"), request);
        to.opened();
      });
    }
    return client;
  }
}

/** Both ends of one link. */
class Wire {
  readonly listeners: Partial<Record<Side, LinkListener>> = {};
  readonly #clock: Clock;
  readonly #latencyMs: () => number;
  readonly #gone: () => void;
  /** What was said first arrives first, even if the network gets faster meanwhile. */
  readonly #lastAt: Record<Side, number> = { client: 0, server: 0 };
  readonly #bytes: Record<Side, number> = { client: 0, server: 0 };
  #isBroken = false;
  /** What is on its way does not arrive either. */
  #isBlack = false;

  constructor(clock: Clock, latencyMs: () => number, gone: () => void) {
    this.#clock = clock;
    this.#latencyMs = latencyMs;
    this.#gone = gone;
  }

  get isWhole(): boolean {
    return !this.#isBroken && this.listeners.client !== undefined && this.listeners.server !== undefined;
  }

  /** What arrives at one end, a moment later, if it still listens then. */
  later(to: Side, tell: (listener: LinkListener) => void): void {
    if (this.#isBroken) return;
    const now = this.#clock.now();
    const at = Math.max(now + this.#latencyMs(), this.#lastAt[to]);
    this.#lastAt[to] = at;
    this.#clock.schedule(at - now, () => {
      const listener = this.listeners[to];
      if (listener && !this.#isBlack) tell(listener);
    });
  }

  /** Nothing passes any more; these ends are told. */
  break(...told: readonly Side[]): void {
    this.#isBroken = true;
    for (const side of told) this.#clock.schedule(1, () => this.#end(side, lost));
  }

  /** Nothing arrives any more, and nobody is told. */
  swallow(): void {
    this.#isBlack = true;
    this.break();
  }

  end(side: Side): ServerEnd {
    const other: Side = side === "client" ? "server" : "client";
    const bytes = this.#bytes;
    const { listeners } = this;
    const send = (data: Data): void => {
      if (!this.listeners[side] && side === "client") return;
      this.later(other, (listener) => {
        bytes[side] += data.length;
        listener.message(data);
      });
    };
    return {
      send,
      sendAll: (texts) => texts.forEach(send),
      close: (code, reason) => {
        this.later(other, () => {
          this.#end(other, { code, reason, wasClean: true });
          this.later(side, () => this.#end(side, { code, reason, wasClean: true }));
        });
      },
      terminate: () => {
        delete this.listeners[side];
        this.later(other, () => this.#end(other, lost));
        if (!this.listeners[other]) this.#gone();
      },
      bufferedBytes: 0,
      get isWritable() {
        return listeners[side] !== undefined;
      },
      get drainedBytes() {
        return bytes[side];
      },
      get readBytes() {
        return bytes[other];
      },
    };
  }

  #end(side: Side, close: Close): void {
    const listener = this.listeners[side];
    delete this.listeners[side];
    if (!this.listeners.client && !this.listeners.server) this.#gone();
    listener?.closed(close);
  }
}
