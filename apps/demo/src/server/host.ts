import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { promisify } from "node:util";
import { socketPaths } from "../shared/socket-paths.ts";
import type { Meter } from "./meter.ts";
import { turnAway } from "./turn-away.ts";

/** Who answers what. */
export interface Hosted {
  readonly meter: Meter;
  /** Whatever is under `/api/`. */
  readonly api: (request: IncomingMessage, response: ServerResponse) => unknown;
  readonly page: (request: IncomingMessage, response: ServerResponse) => unknown;
  /** What this server is called. */
  readonly hosts: readonly string[];
  /** Says whether somebody takes that upgrade. */
  readonly takes: (request: IncomingMessage, stream: Duplex, head: Buffer) => boolean;
}

/** Shares an HTTP server out among them, and counts what it answers. */
export function host(http: Server, { meter, hosts, api, page, takes }: Hosted): void {
  http.on("request", (request, response) => {
    meter.watch(request, response);
    // A name that leads here is not ours: a page from there would be one of our own.
    if (!hosts.includes(request.headers.host ?? "")) response.writeHead(403).end("Not by this name.\n");
    else if (request.url?.startsWith("/api/")) api(request, response);
    else if (socketPaths.has(request.url?.split("?", 1)[0] ?? ""))
      response.writeHead(426, { connection: "upgrade", upgrade: "websocket" }).end("Sockets only.\n");
    else page(request, response);
  });
  http.on("upgrade", (request, stream, head) => {
    if (!takes(request, stream, head)) turnAway(stream, "404 Not Found");
  });
}

/** Ends it, with every connection that it has. */
export function stop(http: Server): Promise<void> {
  http.closeAllConnections();
  return promisify(http.close.bind(http))();
}
