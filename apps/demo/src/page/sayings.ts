import type { ConnectionState } from "@holdfast/browser";
import type { FromServer, ToServer } from "../shared/messages.ts";
import { element } from "./element.ts";
import type { Live } from "./live.ts";
import type { Entry, Log } from "./log.ts";

interface Saying {
  readonly entry: Entry;
  /** When it went out; absent while it waits. */
  sentAt?: number;
}

/** What the page said, and what became of it. */
export class Sayings {
  readonly #live: Live;
  readonly #log: Log;
  readonly #trip: HTMLElement = element("fact-trip", HTMLElement);
  readonly #link: HTMLElement = element("fact-link", HTMLElement);
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
    const isOut = this.#live.state.name === "OPEN";
    if (!isOut) entry.note("waits in the outbox", "waiting");
    this.#open.set(at.getTime(), isOut ? { entry, sentAt: Date.now() } : { entry });
  }

  #hear(message: FromServer): void {
    if (message.type !== "echo") return;
    const saidAt = message.saidAt.getTime();
    const { entry, sentAt = saidAt } = this.#open.get(saidAt) ?? {};
    const tripMs = Date.now() - sentAt;
    entry?.note(`came back after ${tripMs} ms`, "good");
    this.#trip.textContent = `${tripMs} ms`;
    this.#link.textContent = `number ${message.link}`;
    this.#open.delete(saidAt);
  }

  /** What waited is out once a link is open; what was out and not answered went down with its link. */
  #look({ name }: ConnectionState): void {
    for (const [saidAt, saying] of this.#open) {
      if (saying.sentAt === undefined) {
        if (name !== "OPEN") continue;
        saying.sentAt = Date.now();
        saying.entry.note("on its way");
      } else if (name !== "OPEN") {
        saying.entry.note("no answer before the link was lost: it may have arrived", "bad");
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
