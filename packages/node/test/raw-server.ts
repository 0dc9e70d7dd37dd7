import { createHash } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** A server of bytes: answers the upgrade by hand, so that the test decides about every byte after it. */
export class RawServer implements AsyncDisposable {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets: Set<Socket> = new Set();

  constructor(server: Server) {
    this.#server = server;
    this.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    server.on("connection", (socket) => {
      this.#sockets.add(socket.on("error", () => {}).on("close", () => this.#sockets.delete(socket)));
    });
  }

  static async start(): Promise<RawServer> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new RawServer(server);
  }

  /** The next socket, with what it asked. */
  async arrival(): Promise<{ socket: Socket; request: string }> {
    const [socket] = (await once(this.#server, "connection")) as [Socket];
    const [request] = await once(socket, "data");
    return { socket, request: String(request) };
  }

  /** Accepts the next socket, with `head` in the same packet. */
  async accept(head: Uint8Array = Buffer.alloc(0)): Promise<Socket> {
    const { socket, request } = await this.arrival();
    const key = /^sec-websocket-key: (.*)\r$/im.exec(request)?.[1];
    const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
    const lines = [
      "HTTP/1.1 101 Hello",
      "Upgrade: websocket",
      "Connection: Upgrade",
      `Sec-WebSocket-Accept: ${accept}`,
    ];
    socket.write(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), head]));
    return socket;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
