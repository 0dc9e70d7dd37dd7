import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Use } from "../shared/comparison.ts";

/** How far a socket was when an exchange began. */
interface Mark {
  readonly read: number;
  readonly written: number;
}

/** One line of the access log. */
export interface Access {
  readonly who: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly isEmpty: boolean;
}

const nothing: Use = { requests: 0, bytesIn: 0, bytesOut: 0, empty: 0 };

/** Somebody whose costs are added up. */
interface Tracked {
  requests: Use;
  links: Use;
  readonly open: Set<Socket>;
}

/** Counts what everybody costs, in bytes that really went over the sockets, heads and frames and all. */
export class Meter {
  readonly #log: (access: Access) => void;
  readonly #marks: WeakMap<Socket, Mark> = new WeakMap();
  readonly #links: WeakSet<Socket> = new WeakSet();
  readonly #who: WeakMap<IncomingMessage, { readonly name: string; readonly isEmpty: boolean }> =
    new WeakMap();
  readonly #tracked: Map<string, Tracked> = new Map();

  /** @param log - is told of every exchange and link that is over */
  constructor(log: (access: Access) => void) {
    this.#log = log;
  }

  /** Adds up what this one costs, from now on. */
  track(name: string): void {
    this.#tracked.set(name, { requests: nothing, links: nothing, open: new Set() });
  }

  /** Adds up no longer. */
  untrack(name: string): void {
    this.#tracked.delete(name);
  }

  /** Counts an HTTP exchange when it is over. */
  watch(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    response.once("close", () => {
      const before = this.#marks.get(socket) ?? { read: 0, written: 0 };
      const now = mark(socket);
      this.#marks.set(socket, now);
      const { name = "-", isEmpty = false } = this.#who.get(request) ?? {};
      const bytes = { bytesIn: now.read - before.read, bytesOut: now.written - before.written };
      const { method = "", url: path = "" } = request;
      this.#log({ who: name, method, path, status: response.statusCode, ...bytes, isEmpty });
      const tracked = this.#tracked.get(name);
      if (tracked)
        tracked.requests = add(tracked.requests, { requests: 1, ...bytes, empty: isEmpty ? 1 : 0 });
    });
  }

  /** Says whose request it is, and whether the answer is that there is nothing. */
  attribute(request: IncomingMessage, name: string, isEmpty = false): void {
    this.#who.set(request, { name, isEmpty });
  }

  /** Counts a link, from its upgrade on. */
  link(name: string, socket: Socket): void {
    if (this.#links.has(socket)) return;
    this.#links.add(socket);
    const tracked = this.#tracked.get(name);
    tracked?.open.add(socket);
    socket.once("close", () => {
      const use = useOf(socket);
      this.#log({ who: name, method: "LINK", path: "", status: 101, ...use, isEmpty: false });
      if (tracked?.open.delete(socket)) tracked.links = add(tracked.links, use);
    });
  }

  /** What somebody's requests have cost. */
  requestsOf(name: string): Use {
    return this.#tracked.get(name)?.requests ?? nothing;
  }

  /** What somebody's links have cost, those that are open so far. */
  linksOf(name: string): Use {
    const { links, open } = this.#tracked.get(name) ?? { links: nothing, open: [] };
    return [...open].map(useOf).reduce(add, links);
  }
}

function mark({ bytesRead, bytesWritten }: Socket): Mark {
  return { read: bytesRead, written: bytesWritten };
}

function useOf(socket: Socket): Use {
  return { requests: 1, bytesIn: socket.bytesRead, bytesOut: socket.bytesWritten, empty: 0 };
}

function add(one: Use, other: Use): Use {
  return {
    requests: one.requests + other.requests,
    bytesIn: one.bytesIn + other.bytesIn,
    bytesOut: one.bytesOut + other.bytesOut,
    empty: one.empty + other.empty,
  };
}
