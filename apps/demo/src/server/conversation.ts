import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import * as z from "zod/mini";
import { FromServer, ToServer } from "../shared/messages.ts";
import { ping, pong } from "../shared/patience.ts";

/** Where the sockets are. */
export const socketPath = "/live";
/** Connect once, and be told. */
const newsEveryMs = 5_000;
/** What a client that is told goodbye gets to answer. */
const closeTimeoutMs = 500;

/** The server's end of every link: it sends back what it hears, and has news of its own. */
export class Conversation implements AsyncDisposable {
  readonly #server: WebSocketServer = new WebSocketServer({ noServer: true, maxPayload: 65_536 });
  readonly #isOwnOrigin: (origin: string) => boolean;
  readonly #news: NodeJS.Timeout;
  #links = 0;
  #sayings = 0;

  constructor(http: Server, isOwnOrigin: (origin: string) => boolean) {
    this.#isOwnOrigin = isOwnOrigin;
    this.#news = setInterval(() => this.#tellNews(), newsEveryMs);
    http.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#news);
    this.#server.close();
    await Promise.all([...this.#server.clients].map(farewell));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { origin } = request.headers;
    // Any page may dial any server, so the server looks who asks. The Node service has no origin.
    const isWelcome = request.url === socketPath && (origin === undefined || this.#isOwnOrigin(origin));
    if (isWelcome) this.#server.handleUpgrade(request, socket, head, (link) => this.#welcome(link));
    else socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
  }

  #welcome(socket: WebSocket): void {
    const link = ++this.#links;
    let count = 0;
    socket.on("error", () => socket.terminate());
    socket.on("message", (data, isBinary) => {
      if (!isBinary && String(data) === ping) return socket.send(pong);
      const heard = read(data, isBinary);
      // A slip of the tongue is no reason to lose a link: it is told, and the talk goes on.
      if (typeof heard === "string") return tell(socket, { type: "refused", because: heard });
      this.#sayings++;
      const { text, at: saidAt } = heard;
      tell(socket, { type: "echo", text, at: new Date(), saidAt, link, count: ++count });
    });
  }

  #tellNews(): void {
    const { clients } = this.#server;
    const text = `Links open: ${clients.size} of ${this.#links}. Sayings heard: ${this.#sayings}.`;
    for (const socket of clients) tell(socket, { type: "news", text, at: new Date() });
  }
}

/** What was said, or what is wrong with it. */
function read(data: RawData, isBinary: boolean): ToServer | string {
  if (isBinary) return "bytes mean nothing here";
  let value: unknown;
  try {
    value = JSON.parse(String(data));
  } catch {
    return "that is no JSON";
  }
  const result = z.safeDecode(ToServer, value as z.input<typeof ToServer>);
  return result.success ? result.data : z.prettifyError(result.error);
}

function tell(socket: WebSocket, message: FromServer): void {
  socket.send(JSON.stringify(z.encode(FromServer, message)));
}

function farewell(socket: WebSocket): Promise<void> {
  const timer = setTimeout(() => socket.terminate(), closeTimeoutMs);
  socket.close(1001, "the demo stops");
  return new Promise((resolve) =>
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    }),
  );
}
