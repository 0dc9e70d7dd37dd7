import { range } from "../../shared/numbers.ts";
import { row } from "../../shared/row.ts";
import { PlainCount } from "../../shared/settings.ts";
import { networked } from "../../shared/socket-paths.ts";
import { Tally } from "../../shared/tally.ts";
import { ask, Refused } from "../ask.ts";
import { element } from "../element.ts";
import { socketUrl } from "../socket-url.ts";
import { drawRow } from "./draw-row.ts";
import { HomeMade } from "./home-made.ts";

const checkEveryMs = 500;
/** What has not arrived for so long is more than on its way. */
const lateMs = 2_000;
const columns = ["sent", "received", "lost", "doubled", "reordered"] as const;
const noLink = " It has no link, as far as it knows.";
const nothing: PlainCount = { received: [], doubled: 0, reordered: 0, said: 0 };

/** Runs the same traffic over a plain WebSocket, while the box is ticked. Returns what to call for each thing that is said. */
export function showPlain(): () => void {
  const box = element("plain", HTMLInputElement);
  const words = element("plain-words", HTMLElement);
  let running: Running | undefined;

  box.addEventListener("change", () => {
    element("plain-ledger", HTMLElement).hidden = !box.checked;
    running?.stop();
    running = box.checked ? new Running(socketUrl(networked.plain), words) : undefined;
  });
  return () => running?.say();
}

/** What can be said of it, and what cannot. */
function inWords(lost: number, late: number, isOpen: boolean): string {
  if (lost) return `${lost} ${lost === 1 ? "is" : "are"} gone, and nobody was told.${isOpen ? "" : noLink}`;
  if (!late) return `Nothing is lost so far.${isOpen ? "" : noLink}`;
  const words = `${late} ${late === 1 ? "has" : "have"} not arrived: on their way or gone, this socket cannot tell.`;
  return words + (isOpen ? " It believes that its link is open." : noLink);
}

/** One life of the home-made socket, with a ledger. */
class Running {
  readonly #page: string = crypto.randomUUID();
  readonly #heard: Tally = new Tally();
  readonly #socket: HomeMade;
  readonly #words: HTMLElement;
  readonly #timer: ReturnType<typeof setInterval>;
  #said = 0;
  #isRefused = false;
  /** When all had arrived, as far as anybody knew. */
  #wholeAt: number = performance.now();
  #count: PlainCount = nothing;

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

  stop(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  async #check(): Promise<void> {
    try {
      if (!this.#isRefused) this.#count = await ask(PlainCount, `/api/plain/${this.#page}`);
    } catch (error) {
      // Whoever is signed out asks in vain until the page is loaded anew; of anything else the next one tells the same.
      this.#isRefused = error instanceof Refused && error.status === 401;
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
    const missing = up.sent - up.received;
    if (!missing) this.#wholeAt = performance.now();
    const isLate = performance.now() - this.#wholeAt > lateMs;
    element("plain-up-received", HTMLElement).toggleAttribute("data-late", isLate);
    this.#words.textContent = inWords(up.lost + down.lost, isLate ? missing : 0, this.#socket.isOpen);
  }
}
