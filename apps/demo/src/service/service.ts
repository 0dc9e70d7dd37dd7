import { connect, type Connection } from "@holdfast/node";
import { FromServer, ToServer } from "../shared/messages.ts";
import { heartbeat, patience } from "../shared/patience.ts";
import { tellState } from "../shared/tell-state.ts";

const sayEveryMs = 10_000;

/** A Node service that holds on to the server, and prints what it lives through. */
export class Service implements AsyncDisposable {
  readonly #connection: Connection<FromServer, ToServer | Uint8Array>;
  readonly #print: (line: string) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #startedAt: number = Date.now();

  constructor(url: string, print: (line: string) => void) {
    this.#print = print;
    this.#connection = connect(url, {
      ...patience,
      heartbeat,
      messages: { incoming: FromServer, outgoing: ToServer },
      log: "off",
    });
    this.#connection.subscribe((state) => print(`${state.name}: ${tellState(state)}`));
    this.#connection.on("message", (message) => print(`hears ${tell(message)}`));
    this.#connection.on("invalid", ({ raw }) => print(`does not understand ${String(raw)}`));
    this.#say("Hello from the Node service!");
    this.#timer = setInterval(() => this.#say(`Still here after ${this.#uptime()}.`), sayEveryMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#connection.close(1000, "the demo stops");
  }

  #uptime(): string {
    return `${Math.round((Date.now() - this.#startedAt) / 1000)} s`;
  }

  #say(text: string): void {
    this.#connection.send({ type: "say", text, at: new Date() });
    const isOpen = this.#connection.state.name === "OPEN";
    this.#print(`says "${text}"${isOpen ? "" : " (waits in the outbox)"}`);
  }
}

function tell(message: FromServer): string {
  switch (message.type) {
    case "echo": {
      const tookMs = Date.now() - message.saidAt.getTime();
      return `"${message.text}" back after ${tookMs} ms (link ${message.link}, saying ${message.count})`;
    }
    case "news":
      return `the news: ${message.text}`;
    case "refused":
      return `that it was refused: ${message.because}`;
  }
}
