import { once } from "node:events";
import { WebSocket } from "ws";

/** A client without manners: it says what the test says. */
export class RawClient {
  readonly socket: WebSocket;
  /** The code with which it was closed. */
  readonly closed: Promise<number>;
  readonly heard: unknown[] = [];
  readonly #waiting: ((frame: unknown) => void)[] = [];

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("error", () => {});
    this.closed = once(socket, "close").then(([code]) => code as number);
    socket.on("message", (data) => {
      const text = String(data);
      if (text === "ping") return socket.send("pong");
      if (text === "pong") return;
      const frame: unknown = JSON.parse(text);
      const next = this.#waiting.shift();
      if (next) next(frame);
      else this.heard.push(frame);
    });
  }

  static async open(url: string, protocols: string | string[] = "holdfast.1"): Promise<RawClient> {
    const client = new RawClient(new WebSocket(url, protocols));
    await once(client.socket, "open");
    return client;
  }

  /** A client that was welcomed, and what it was told. */
  static async welcomed(url: string, hello: object = {}): Promise<[RawClient, Welcome]> {
    const client = await RawClient.open(url);
    client.hello(hello);
    const [name, welcome] = (await client.next()) as [string, Welcome];
    if (name !== "welcome") throw new Error(`${name} instead of welcome`);
    return [client, welcome];
  }

  hello(more: object = {}): void {
    this.say(["hello", { version: 1, attempt: 1, window: 262_144, maxMessageBytes: 1_048_576, ...more }]);
  }

  say(frame: unknown): void {
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** The next frame that is no ping. */
  next(): Promise<unknown> {
    if (this.heard.length) return Promise.resolve(this.heard.shift());
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** What a test looks at of a welcome. */
export interface Welcome {
  readonly session: { readonly id: string; readonly token: string };
  readonly outcome: string;
  readonly reason?: string;
  readonly received?: number;
  readonly generation: number;
}
