import { type ConnectionState, HoldfastError } from "@holdfast/browser";
import type { Answer } from "../../shared/saying.ts";
import type { Ledger } from "../../shared/ledger.ts";
import type { Live } from "../live.ts";
import type { Entry, Log } from "./log.ts";

interface Said {
  readonly entry: Entry;
  /** Whether it had to wait for a link, or for a second one. */
  hasWaited: boolean;
}

/** What the page said, and what became of it. */
export class Sayings {
  readonly #live: Live;
  readonly #ledger: Ledger;
  readonly #log: Log;
  readonly #open: Map<number, Said> = new Map();

  constructor(live: Live, ledger: Ledger, log: Log) {
    this.#live = live;
    this.#ledger = ledger;
    this.#log = log;
    live.on("said", (answer) => this.#hear(answer));
    live.subscribe((state) => this.#look(state));
  }

  say(text: string): void {
    const hasWaited = this.#live.state.name !== "OPEN";
    const entry = this.#log.add("said", text);
    if (hasWaited) entry.note("waits in the outbox", "waiting");
    const { saying, delivered } = this.#ledger.say(text);
    this.#open.set(saying.n, { entry, hasWaited });
    delivered.catch((error: unknown) => this.#fail(saying.n, error));
  }

  #hear({ n, to, link }: Answer): void {
    if (to.burst !== undefined) return;
    const tripMs = Date.now() - to.at.getTime();
    const said = this.#open.get(to.n);
    this.#open.delete(to.n);
    said?.entry.note(`came back after ${tripMs.toLocaleString("en")} ms`, "good");
    const before = said ? "" : ", to the page before";
    this.#log.add("heard", to.text, `the server, answer ${n}, over link ${link}${before}`);
  }

  /** What was not answered is kept until it is: over the next link, if this one is lost. */
  #look({ name }: ConnectionState): void {
    for (const said of this.#open.values()) {
      if (name === "OPEN" && said.hasWaited) said.entry.note("on its way", "waiting");
      if (name === "CONNECTING" && !said.hasWaited) {
        said.hasWaited = true;
        said.entry.note("the link was lost: kept for the next one", "waiting");
      }
    }
  }

  #fail(n: number, error: unknown): void {
    const isInDoubt = HoldfastError.is(error, "SESSION_LOST") && error.inDoubt;
    const words = isInDoubt ? "in doubt: it may have arrived, or not" : `not delivered: ${tell(error)}`;
    this.#open.get(n)?.entry.note(words, "bad");
    this.#open.delete(n);
  }
}

function tell(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
