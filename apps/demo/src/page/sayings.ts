import type { ConnectionState } from "@holdfast/browser";
import type { FromServer, ToServer } from "../shared/messages.ts";
import type { Live } from "./live.ts";
import type { Entry, Log } from "./log.ts";

interface Saying {
  readonly entry: Entry;
  phase: "held" | "sent";
}

/** What the page said, and what became of it. */
export class Sayings {
  readonly #live: Live;
  readonly #log: Log;
  readonly #open: Map<number, Saying> = new Map();
  #newestAt = 0;

  constructor(live: Live, log: Log) {
    this.#live = live;
    this.#log = log;
    live.on("message", (message) => this.#hear(message));
    live.on("state", (state) => this.#look(state));
    live.on("dropped", ({ message, reason }) => this.#drop(message, reason));
  }

  say(text: string): void {
    // By its time an echo is known, so no two have the same.
    this.#newestAt = Math.max(Date.now(), this.#newestAt + 1);
    const at = new Date(this.#newestAt);
    try {
      this.#live.send({ type: "say", text, at });
    } catch (error) {
      this.#log.add("trouble", `Could not say "${text}"`, String(error));
      return;
    }
    const entry = this.#log.add("said", text);
    const phase = this.#live.state.name === "OPEN" ? "sent" : "held";
    if (phase === "held") entry.note("waits in the outbox", "waiting");
    this.#open.set(at.getTime(), { entry, phase });
  }

  #hear(message: FromServer): void {
    if (message.type !== "echo") return;
    const saidAt = message.saidAt.getTime();
    this.#open.get(saidAt)?.entry.note(`came back after ${Date.now() - saidAt} ms`, "good");
    this.#open.delete(saidAt);
  }

  /** What waited is out once a link is open; what was out and not answered went down with its link. */
  #look({ name }: ConnectionState): void {
    for (const [saidAt, saying] of this.#open) {
      if (saying.phase === "held") {
        if (name !== "OPEN") continue;
        saying.phase = "sent";
        saying.entry.note("on its way");
      } else if (name !== "OPEN") {
        saying.entry.note("sent, and the link was lost before an answer: nobody knows", "bad");
        this.#open.delete(saidAt);
      }
    }
  }

  #drop(message: ToServer | Uint8Array, reason: string): void {
    if (message instanceof Uint8Array) return;
    const saidAt = message.at.getTime();
    this.#open.get(saidAt)?.entry.note(`not sent: ${reason}`, "bad");
    this.#open.delete(saidAt);
  }
}
