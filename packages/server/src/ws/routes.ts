import type { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { check } from "@holdfast/core/exchange";

/** Who takes the upgrades of one path, or with `undefined` of all that are nobody's. */
export interface Route {
  readonly path: string | undefined;
  readonly take: Take;
  /** Refuses what nobody takes. */
  readonly miss: (request: IncomingMessage, socket: Duplex, words: string) => void;
}

type Take = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** One listener for all of ours at one HTTP server. */
interface Junction {
  readonly routes: Map<string | undefined, Route>;
  readonly listener: Take;
}

const junctions: WeakMap<EventEmitter, Junction> = new WeakMap();

/**
 * The upgrades of that path are for `own`, until the undo. What is nobody's is left to others who listen for upgrades there; where we are
 * alone nobody else would ever answer, and it is refused.
 *
 * @throws HoldfastError `CONFIG` for a path that somebody of ours has there.
 */
export function route(server: EventEmitter, own: Route): () => void {
  const junction = junctions.get(server) ?? open(server);
  const { routes, listener } = junction;
  check("path", own.path, !routes.has(own.path), "one that no other Holdfast server has there");
  routes.set(own.path, own);
  return () => {
    routes.delete(own.path);
    if (routes.size) return;
    server.off("upgrade", listener);
    junctions.delete(server);
  };
}

function open(server: EventEmitter): Junction {
  const routes: Junction["routes"] = new Map();
  const listener: Take = (request, socket, head) => {
    const route = routes.get(pathOf(request)) ?? routes.get(undefined);
    if (route) return route.take(request, socket, head);
    if (server.listenerCount("upgrade") > 1) return;
    const [first] = routes.values();
    first?.miss(request, socket, `Nobody takes upgrades here, but at ${[...routes.keys()].join(" and ")}.`);
  };
  const junction: Junction = { routes, listener };
  server.on("upgrade", listener);
  junctions.set(server, junction);
  return junction;
}

function pathOf({ url = "" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "";
}
