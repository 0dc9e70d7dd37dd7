import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Socket } from "node:net";
import { closeCodes, subprotocol } from "@holdfast/core/session";
import { type WebSocket, WebSocketServer } from "ws";
import type { ServerOptions } from "../options.ts";
import type { AnyServer } from "../shell/create-any-server.ts";
import { acceptSocket } from "./accept-socket.ts";
import { checkDeflate } from "./check-deflate.ts";
import { refuse } from "./refuse.ts";
import { route } from "./routes.ts";
import type { UpgradingServer } from "./upgrading-server.ts";

/** What a peer that does not answer our close is given. */
const closeTimeoutMs = 2_000;

/**
 * In so many pieces may a message come that is not whole yet. To put pieces together takes `ws` a time that grows with their square: a
 * million bytes in its own 262,144 would keep everybody else waiting for seconds.
 */
const mostPieces = (maxMessageBytes: number): number => 16_384 + Math.floor(maxMessageBytes / 512);

/** Takes upgrades of an HTTP server, as far as they are for us. */
export class Upgrades {
  readonly #host: AnyServer;
  readonly #allowedOrigins: ServerOptions["allowedOrigins"];
  readonly #ws: WebSocketServer;
  readonly #undos: Set<() => void> = new Set();
  /** All that are not closed, the closing handshake included. */
  readonly #open: Set<WebSocket> = new Set();

  /** @throws HoldfastError `CONFIG`, naming the option and the value. */
  constructor(
    host: AnyServer,
    {
      allowedOrigins,
      perMessageDeflate = false,
    }: Pick<ServerOptions, "allowedOrigins" | "perMessageDeflate">,
  ) {
    checkDeflate(perMessageDeflate);
    this.#host = host;
    this.#allowedOrigins = allowedOrigins;
    // @types/ws does not know these yet.
    const bounds: object = {
      closeTimeout: closeTimeoutMs,
      maxBufferedChunks: mostPieces(host.maxMessageBytes),
    };
    this.#ws = new WebSocketServer({
      ...bounds,
      noServer: true,
      clientTracking: false,
      perMessageDeflate,
      // Also of what a compressed message becomes.
      maxPayload: host.maxMessageBytes,
      // An unknown version is accepted, to be told with a close code: a browser shows nothing else. PROTOCOL.md section 2.1.
      handleProtocols: (offered) =>
        offered.has(subprotocol) ? subprotocol : ([...offered].find(isHoldfast) ?? false),
    });
  }

  /** From now on, until `close`, on that path or on every one. Upgrades of other paths are left to others. */
  attach(server: UpgradingServer, path: string | undefined): void {
    const undo = route(server, {
      path,
      take: (...upgrade) => this.#upgrade(...upgrade),
      miss: (request, socket, words) => this.#refuse(request, socket, 404, words),
    });
    this.#undos.add(undo);
  }

  /** Takes no more. Resolves when every socket is closed: goodbyes are out, or nobody answered them in time. */
  async close(): Promise<void> {
    for (const undo of this.#undos) undo();
    this.#undos.clear();
    // Not `once` of node:events, which gives up on an error.
    await Promise.all([...this.#open].map((ws) => new Promise((resolve) => ws.once("close", resolve))));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Before the subprotocol: a browser that is refused dials once more and offers none, and is to hear the same. PROTOCOL.md section 2.1.
    if (!this.#isAllowed(request)) {
      return this.#refuse(request, socket, 403, "Pages of this origin may not connect: see allowedOrigins.");
    }
    if (this.#host.isDraining) {
      return this.#refuse(request, socket, 503, "This server stops.", { "retry-after": "1" });
    }
    const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
    if (!offered.some(isHoldfast)) {
      const words = `This is a Holdfast server: connect with createClient, which speaks ${subprotocol}.`;
      return this.#refuse(request, socket, 426, words, { upgrade: "websocket" });
    }
    const disturbed = (): void => this.#host.disturbed({ path: request.url });
    // Whoever listened first has said no: a `ws` server that was given `server` does, to every path but its own.
    if (socket.writableEnded) return disturbed();
    this.#ws.handleUpgrade(request, socket, head, (ws) => {
      this.#keep(ws, socket);
      // Those that listen behind us are through by then.
      process.nextTick(() => {
        if (socket.writableEnded && ws.readyState === ws.OPEN) disturbed();
      });
      if (ws.protocol !== subprotocol)
        return ws.close(closeCodes.version, `only ${subprotocol} is spoken here`);
      acceptSocket(ws, socket as Socket, (link) => this.#host.accept(link, request));
    });
  }

  #refuse(
    request: IncomingMessage,
    socket: Duplex,
    status: number,
    words: string,
    headers?: Readonly<Record<string, string>>,
  ): void {
    refuse(socket, status, words, headers);
    this.#host.refused(status, words, { origin: request.headers.origin, path: request.url });
  }

  /** Apart from the upgrade, for what listens here would hold its request as long as the socket lives. */
  #keep(ws: WebSocket, socket: Duplex): void {
    // Whatever `ws` calls an error ends in its close.
    ws.on("error", ignore);
    this.#open.add(ws);
    ws.on("close", () => this.#open.delete(ws));
    socket.on("end", letGo);
  }

  /** Any page may dial any server, so the server looks whose page it is. Programs have no origin. */
  #isAllowed({ headers: { origin, host } }: IncomingMessage): boolean {
    if (origin === undefined || this.#allowedOrigins === "any") return true;
    if (this.#allowedOrigins) return this.#allowedOrigins.includes(origin);
    return URL.canParse(origin) && new URL(origin).host === host;
  }
}

const ignore = (): void => {};

/** Behind the peer's end `ws` waits, without a time, until all that was written is read: who reads nothing would never be let go. */
function letGo(this: Duplex): void {
  const timer = setTimeout(() => this.destroy(), closeTimeoutMs);
  this.once("close", () => clearTimeout(timer));
}

function isHoldfast(name: string): boolean {
  return name.startsWith("holdfast.");
}
