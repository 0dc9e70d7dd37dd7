import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** A server for tests in Node: echoes; `close:CODE:REASON` and `cut` make it behave badly, `/503` is refused, `/mute` chooses no subprotocol. */
export class EchoServer implements AsyncDisposable {
  readonly url: string;
  /** Upgrades by path. */
  readonly upgrades: Record<string, number> = {};
  readonly #server: Server;
  readonly #sockets: WebSocketServer = new WebSocketServer({
    noServer: true,
    handleProtocols: ([first], { url }) => (url !== "/mute" && first) || false,
  });

  constructor(server: Server) {
    this.#server = server;
    this.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    server.on("upgrade", (request, socket, head) => {
      const path = request.url ?? "";
      this.upgrades[path] = (this.upgrades[path] ?? 0) + 1;
      const status = /^\/(\d{3})$/.exec(path)?.[1];
      if (status) socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      else this.#sockets.handleUpgrade(request, socket, head, echo);
    });
  }

  static async start(): Promise<EchoServer> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new EchoServer(server);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function echo(socket: WebSocket): void {
  socket.on("error", () => socket.terminate());
  socket.on("message", (data, isBinary) => {
    const [word, code, reason] = isBinary ? [] : String(data).split(":");
    if (word === "close") socket.close(Number(code), reason);
    else if (word === "cut") socket.terminate();
    else socket.send(data, { binary: isBinary });
  });
}
