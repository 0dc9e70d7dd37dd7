import { range } from "../../shared/numbers.ts";
import { type Row, row } from "../../shared/row.ts";
import { PlainCount } from "../../shared/settings.ts";
import { networked } from "../../shared/socket-paths.ts";
import { Tally } from "../../shared/tally.ts";
import { ask, Refused } from "../ask.ts";
import { element } from "../element.ts";
import { socketUrl } from "../socket-url.ts";
import { drawRow } from "./draw-row.ts";
import { HomeMade } from "./home-made.ts";
import { tellPlain } from "./tell-plain.ts";
import { Unanswered } from "./unanswered.ts";

const checkEveryMs = 500;
const columns = ["sent", "received", "lost", "doubled", "reordered"] as const;
const nothing: PlainCount = { received: [], doubled: 0, reordered: 0, said: 0 };

/**
 * Runs the same traffic over a plain WebSocket, while the box is ticked. Returns what to call for each thing that is said. `onToken` calls
 * its listener when the server knows again who asks.
 */
export function showPlain(onToken: (listener: () => void) => void): () => void {
  const box = element("plain", HTMLInputElement);
  const words = element("plain-words", HTMLElement);
  let running: Running | undefined;

  box.addEventListener("change", () => {
    element("plain-ledger", HTMLElement).hidden = !box.checked;
    running?.stop();
    running = box.checked ? new Running(socketUrl(networked.plain), words) : undefined;
  });
  onToken(() => running?.askAgain());
  return () => running?.say();
}

/** One life of the home-made socket, with a ledger. */
class Running {
  readonly #page: string = crypto.randomUUID();
  readonly #heard: Tally = new Tally();
  readonly #socket: HomeMade;
  readonly #words: HTMLElement;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #unanswered = { up: new Unanswered(), down: new Unanswered() } as const;
  #said = 0;
  #count: PlainCount = nothing;
  #phase: "asking" | "refused" = "asking";

  constructor(url: string, words: HTMLElement) {
    this.#words = words;
    this.#socket = new HomeMade(`${url}?page=${this.#page}`, (n) => this.#heard.count(n));
    this.#timer = setInterval(() => void this.#check(), checkEveryMs);
    this.#draw();
  }

  say(): void {
    this.#socket.send(++this.#said);
    this.#draw();
  }

  /** Somebody has signed in. */
  askAgain(): void {
    this.#phase = "asking";
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  async #check(): Promise<void> {
    try {
      if (this.#phase === "asking") this.#count = await ask(PlainCount, `/api/plain/${this.#page}`);
    } catch (error) {
      // Whatever else it is, the next one tells the same.
      if (error instanceof Refused && error.status === 401) this.#phase = "refused";
    }
    this.#draw();
  }

  /** Nobody tells what is lost: only what came later proves it. */
  #draw(): void {
    const last = (received: PlainCount["received"]): number => received.at(-1)?.[1] ?? 0;
    const { received, said } = this.#count;
    const up = row(this.#said, this.#count, range(1, last(received)), []);
    const down = row(
      Math.max(said, last(this.#heard.received)),
      this.#heard,
      range(1, last(this.#heard.received)),
      [],
    );
    drawRow("plain-up", columns, up);
    drawRow("plain-down", columns, down);
    const isLong = [this.#mark("up", up), this.#mark("down", down)].includes(true);
    this.#words.textContent = tellPlain({
      lost: up.lost + down.lost,
      unanswered: this.#unanswered.up.count + this.#unanswered.down.count,
      isLong,
      isOpen: this.#socket.isOpen,
    });
  }

  /** Says whether that direction has been without an answer for long, and lets its cell say it. */
  #mark(direction: "up" | "down", row: Row): boolean {
    const nowMs = performance.now();
    const unanswered = this.#unanswered[direction];
    unanswered.look(row, nowMs);
    const isLong = unanswered.isLong(nowMs);
    element(`plain-${direction}-received`, HTMLElement).toggleAttribute("data-behind", isLong);
    return isLong;
  }
}
