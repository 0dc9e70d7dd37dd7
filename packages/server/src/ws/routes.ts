import type { IncomingMessage, Server as HttpServer } from "node:http";
import type { Duplex } from "node:stream";
import { refuse } from "./refuse.ts";

/** Who takes the upgrades of one path, or of every one. */
interface Route {
  readonly path: string | undefined;
  readonly take: Take;
}

type Take = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** One listener for all of ours at one HTTP server. */
interface Junction {
  readonly routes: Set<Route>;
  readonly listener: Take;
}

const junctions: WeakMap<HttpServer, Junction> = new WeakMap();

/**
 * `take` gets the upgrades of that path, until the undo. What is nobody's is left to others who listen for upgrades there; where we are
 * alone, nobody else would ever answer, and it is refused.
 */
export function route(server: HttpServer, path: string | undefined, take: Take): () => void {
  const junction = junctions.get(server) ?? open(server);
  const own: Route = { path, take };
  junction.routes.add(own);
  return () => {
    junction.routes.delete(own);
    if (junction.routes.size) return;
    server.off("upgrade", junction.listener);
    junctions.delete(server);
  };
}

function open(server: HttpServer): Junction {
  const routes = new Set<Route>();
  const listener: Take = (request, socket, head) => {
    const asked = pathOf(request);
    for (const { path, take } of routes) {
      if (path === undefined || path === asked) return take(request, socket, head);
    }
    if (server.listenerCount("upgrade") > 1) return;
    const paths = [...routes].map(({ path }) => path).join(" and ");
    refuse(socket, 404, `Nobody takes upgrades here: a Holdfast server is at ${paths}.`);
  };
  const junction: Junction = { routes, listener };
  server.on("upgrade", listener);
  junctions.set(server, junction);
  return junction;
}

function pathOf({ url = "" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "";
}
