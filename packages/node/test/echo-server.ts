import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createTlsServer, type ServerOptions as TlsOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { type ServerOptions, type WebSocket, WebSocketServer } from "ws";

/** A server for one test: echoes; `close:CODE:REASON` and `cut` make it behave badly. */
export class EchoServer implements AsyncDisposable {
  readonly url: string;
  readonly sockets: WebSocketServer;

  constructor(url: string, sockets: WebSocketServer) {
    this.url = url;
    this.sockets = sockets;
    sockets.on("connection", echo);
  }

  static async start(options: ServerOptions & { tls?: TlsOptions } = {}): Promise<EchoServer> {
    const { tls, ...others } = options;
    const server = tls ? createTlsServer(tls) : createServer();
    const sockets = new WebSocketServer({ server, ...others });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    sockets.on("close", () => server.close());
    const { port } = server.address() as AddressInfo;
    return new EchoServer(`${tls ? "wss" : "ws"}://127.0.0.1:${port}/`, sockets);
  }

  /** The next socket that arrives. */
  async arrival(): Promise<WebSocket> {
    const [socket] = await once(this.sockets, "connection");
    return socket;
  }

  [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets.clients) socket.terminate();
    return new Promise((resolve) => this.sockets.close(() => resolve()));
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
