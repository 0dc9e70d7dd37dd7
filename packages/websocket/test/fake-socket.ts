import type { SocketLike } from "../src/index.ts";

type Handler = ((event: never) => void) | null;

/** A socket that the test plays. It does nothing by itself, and remembers what was done to it. */
export class FakeSocket implements SocketLike {
  binaryType = "unset";
  readyState = 0;
  bufferedAmount = 0;
  protocol = "";
  extensions = "";
  onopen: Handler = null;
  onmessage: Handler = null;
  onerror: Handler = null;
  onclose: Handler = null;
  readonly url: string;
  readonly protocols: string[] | undefined;
  readonly sent: unknown[] = [];
  readonly closings: unknown[][] = [];
  isTerminated = false;

  constructor(url: string, protocols?: string[]) {
    this.url = new URL(url).href;
    this.protocols = protocols;
  }

  send(data: unknown): void {
    if (data === "poison") throw new TypeError("will not send that");
    this.sent.push(data);
  }
  close(...facts: unknown[]): void {
    this.closings.push(facts);
    this.readyState = 2;
  }
  terminate(): void {
    this.isTerminated = true;
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.#tell("open");
  }
  receive(data: unknown): void {
    this.#tell("message", { data, origin: "ws://peer.test", lastEventId: "" });
  }
  /** As every runtime tells a refused connection. */
  refuse(): void {
    this.readyState = 3;
    this.#tell("error");
    this.#tell("close", { code: 1006, reason: "", wasClean: false });
  }
  /** Ends as the peer or the network would. */
  end(code = 1006, reason = ""): void {
    this.readyState = 3;
    this.#tell("close", { code, reason, wasClean: code !== 1006 });
  }
  #tell(type: "open" | "message" | "error" | "close", event: object = {}): void {
    (this[`on${type}`] as ((event: object) => void) | null)?.(event);
  }
}
