import type { Notification } from "../../shared/notification.ts";
import { Delays } from "./measure.ts";

const maxShown = 50;

/** One of the two: what it received, and how late. */
export class Side {
  readonly delays: Delays = new Delays();
  readonly #list: HTMLElement;
  readonly #onDelay: (delayMs: number) => void;

  constructor(list: HTMLElement, onDelay: (delayMs: number) => void) {
    this.#list = list;
    this.#onDelay = onDelay;
    list.replaceChildren();
  }

  receive({ subject, at }: Notification): void {
    const delayMs = Math.max(0, Date.now() - at.getTime());
    this.delays.add(delayMs);
    const item = document.createElement("li");
    const small = document.createElement("small");
    small.textContent = `after ${delayMs.toLocaleString("en")} ms`;
    item.append(subject, " ", small);
    this.#list.prepend(item);
    if (this.#list.childElementCount > maxShown) this.#list.lastElementChild?.remove();
    this.#onDelay(delayMs);
  }
}
