import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { WebSocketServer } from "ws";

/** A server that behaves like `scripts/echo-server.ts`. */
export interface EchoServer extends AsyncDisposable {
  readonly url: string;
  /** How many sockets it has. */
  readonly sockets: number;
  /** The next socket that ends, by its close code. */
  nextEnd(): Promise<number>;
}

/** Starts an echo server: `close:CODE:REASON` and `cut` make it behave badly. */
export async function echoServer(): Promise<EchoServer> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const waiting: ((code: number) => void)[] = [];
  server.on("connection", (socket) => {
    socket.on("error", () => socket.terminate());
    socket.on("close", (code) => waiting.splice(0).forEach((resolve) => resolve(code)));
    socket.on("message", (data, isBinary) => {
      const [word, code, reason] = (isBinary ? "" : String(data)).split(":");
      if (word === "close") socket.close(Number(code), reason);
      else if (word === "cut") socket.terminate();
      else socket.send(data, { binary: isBinary });
    });
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    get sockets() {
      return server.clients.size;
    },
    nextEnd: () => new Promise((resolve) => waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, "close");
    },
  };
}

/** A loopback port that nobody listens on: one that was free a moment ago. */
export async function refusedUrl(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `ws://127.0.0.1:${port}/`;
}
