import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** A real server on loopback that echoes, and whose sockets the test gets one by one. */
export class Peer implements AsyncDisposable {
  readonly #server: WebSocketServer;
  readonly #arrived: [WebSocket, IncomingMessage][] = [];

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on("connection", (socket, request) => {
      socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
      socket.on("close", () => server.emit("left"));
      this.#arrived.push([socket, request]);
    });
  }

  static async start(): Promise<Peer> {
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(server, "listening");
    return new Peer(server);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** How many sockets are open now. */
  get open(): number {
    return [...this.#server.clients].filter(({ readyState }) => readyState === 1).length;
  }

  /** The next socket to arrive, and its request. */
  async accept(): Promise<[WebSocket, IncomingMessage]> {
    if (!this.#arrived.length) await once(this.#server, "connection");
    const [next] = this.#arrived.splice(0, 1);
    if (!next) throw new Error("nobody came");
    return next;
  }

  /** Resolves when so many sockets are open. */
  async untilOpen(count: number): Promise<void> {
    while (this.open !== count) await once(this.#server, "left");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
    await once(this.#server, "close");
  }
}

/** The next event of that type. */
export function next<K extends keyof WebSocketEventMap>(
  target: EventTarget,
  type: K,
): Promise<WebSocketEventMap[K]> {
  return new Promise((resolve) => {
    target.addEventListener(type, (event) => resolve(event as WebSocketEventMap[K]), { once: true });
  });
}
