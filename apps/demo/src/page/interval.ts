import { element } from "./element.ts";
import type { Live } from "./live.ts";

const redrawEveryMs = 250;

/** Closes politely after an interval, as every tutorial does, unless the user would rather stay. */
export class Interval {
  readonly #live: Live;
  readonly #durationMs: number;
  readonly #words: HTMLElement = element("interval-words", HTMLElement);
  readonly #turn: HTMLButtonElement = element("interval-turn", HTMLButtonElement);
  readonly #left: HTMLProgressElement = element("interval-left", HTMLProgressElement);
  readonly #close: () => void;
  #phase: "kept" | "pending" | "running" = "pending";
  #endsAt = 0;

  constructor(live: Live, durationMs: number, close: () => void) {
    this.#live = live;
    this.#durationMs = durationMs;
    this.#close = close;
    live.subscribe(() => this.#look());
    setInterval(() => this.#look(), redrawEveryMs);
    this.#turn.addEventListener("click", () => this.#toggle());
  }

  #toggle(): void {
    this.#phase = this.#phase === "kept" ? "pending" : "kept";
    this.#look();
  }

  /** Runs from the first open link on, and through cuts; the end of the connection is the end of it. */
  #look(): void {
    const { name } = this.#live.state;
    if (name === "CLOSED" && this.#phase === "running") this.#phase = "pending";
    if (name === "OPEN" && this.#phase === "pending") {
      this.#phase = "running";
      this.#endsAt = Date.now() + this.#durationMs;
    }
    const leftMs = this.#phase === "running" ? Math.max(0, this.#endsAt - Date.now()) : this.#durationMs;
    this.#draw(leftMs);
    if (leftMs === 0) this.#close();
  }

  #draw(leftMs: number): void {
    const seconds = Math.ceil(leftMs / 1000);
    const isKept = this.#phase === "kept";
    this.#words.textContent = isKept
      ? "Stays open until you close it."
      : this.#phase === "running"
        ? `Closes politely in ${seconds} s, as every tutorial does.`
        : `Once open, closes politely after ${seconds} s.`;
    this.#turn.textContent = isKept ? "Close it in time" : "Keep it open";
    this.#left.hidden = isKept;
    this.#left.value = leftMs / this.#durationMs;
  }
}
