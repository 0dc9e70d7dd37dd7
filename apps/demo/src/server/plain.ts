import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import * as z from "zod/mini";
import type { PlainCount } from "../shared/settings.ts";
import { echoPath, plainPath } from "../shared/socket-paths.ts";
import { Tally } from "../shared/tally.ts";
import { BoundedMap } from "./bounded-map.ts";
import { turnAway } from "./turn-away.ts";

const maxPeers = 1_000;
const maxPayload = 64 * 1024;
const Said = z.object({ n: z.int() });

interface Peer {
  readonly heard: Tally;
  said: number;
}

/** What there was before: sockets without sessions. One echoes; one answers and counts, as the ledger does. */
export class Plain implements AsyncDisposable {
  readonly #sockets: WebSocketServer = new WebSocketServer({
    noServer: true,
    maxPayload,
    clientTracking: true,
  });
  readonly #peers: BoundedMap<string, Peer> = new BoundedMap(maxPeers);
  readonly #origins: readonly string[];

  /** @param origins - whose pages may dial; programs say none, and may */
  constructor(origins: readonly string[]) {
    this.#origins = origins;
  }

  /** Takes an upgrade of one of its paths, if only to turn a page from elsewhere away; false for another. */
  take(request: IncomingMessage, stream: Duplex, head: Buffer): boolean {
    const [pathname, query] = (request.url ?? "").split("?", 2);
    const { origin } = request.headers;
    if (pathname !== echoPath && pathname !== plainPath) return false;
    if (origin !== undefined && !this.#origins.includes(origin)) {
      turnAway(stream, "403 Forbidden");
      return true;
    }
    this.#sockets.handleUpgrade(request, stream, head, (socket) => {
      // Too large, or not WebSocket at all: the socket closes itself.
      socket.on("error", () => {});
      if (pathname === echoPath)
        socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
      else this.#answer(socket, new URLSearchParams(query).get("page") ?? randomUUID());
    });
    return true;
  }

  /** What was counted of a page, over any number of its sockets. */
  count(page: string): PlainCount {
    const { heard, said } = this.#peers.get(page) ?? { heard: new Tally(), said: 0 };
    return { ...heard.kept, said };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    await new Promise((resolve) => this.#sockets.close(resolve));
  }

  #answer(socket: WebSocket, page: string): void {
    const peer = this.#peers.obtain(page, () => ({ heard: new Tally(), said: 0 }));
    socket.on("message", (data) => {
      const said = read(data);
      if (!said) return socket.close(1007, "a number, please");
      peer.heard.count(said.n);
      socket.send(JSON.stringify({ n: ++peer.said, to: said.n }));
    });
  }
}

function read(data: RawData): z.output<typeof Said> | undefined {
  try {
    return Said.parse(JSON.parse(String(data)));
  } catch {
    return undefined;
  }
}
