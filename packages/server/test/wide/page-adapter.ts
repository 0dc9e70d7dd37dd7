import type { Adapter, DialRequest, Hint, Link, LinkListener, SessionStore, Turn } from "@holdfast/core";
import type { SimulatedNetwork } from "../../../testing/src/index.ts";
import type { Lifetime } from "./lifetime.ts";
import type { World } from "./world.ts";

/** What a browser gives a page, and takes from it when it goes. */
export class PageAdapter implements Adapter {
  readonly clock: Lifetime;
  readonly transport: Adapter["transport"];
  readonly surroundings: Adapter["surroundings"];
  readonly hasPing = false;
  readonly store: SessionStore;
  readonly turn: Turn | undefined;
  readonly links: Set<Link> = new Set();
  readonly #notices: Set<(hint: Hint) => void> = new Set();

  constructor({ random }: World, clock: Lifetime, network: SimulatedNetwork, store: SessionStore) {
    this.clock = clock;
    this.store = store;
    this.transport = { dial: (request, listener) => this.#dial(network, request, listener) };
    this.surroundings = {
      watch: (notice) => {
        this.#notices.add(notice);
        return () => void this.#notices.delete(notice);
      },
    };
    const patient: Turn = (flush, canWait) =>
      canWait ? void clock.schedule(1, flush) : Promise.resolve().then(flush);
    this.turn = random.pick([undefined, patient]);
  }

  /** How many listen to what the browser notices. */
  get watched(): number {
    return this.#notices.size;
  }

  base(): undefined {
    return undefined;
  }

  notice(hint: Hint): void {
    for (const notice of this.#notices) notice(hint);
  }

  /** A link that ends with its page, and of which a page that is frozen hears later. */
  #dial(network: SimulatedNetwork, request: DialRequest, listener: LinkListener): Link {
    const { clock, links } = this;
    const link = network.dial(request, {
      opened: () => clock.enter(() => listener.opened()),
      heard: () => clock.enter(() => listener.heard()),
      message: (data) => clock.enter(() => listener.message(data)),
      closed: (close) => {
        links.delete(link);
        clock.enter(() => listener.closed(close));
      },
    });
    links.add(link);
    return {
      send: (data) => clock.isOver || link.send(data),
      close: (code, reason) => clock.isOver || link.close(code, reason),
      terminate: () => {
        links.delete(link);
        link.terminate();
      },
      get isWritable() {
        return link.isWritable;
      },
      get bufferedBytes() {
        return link.bufferedBytes;
      },
    };
  }
}
