import type { Instant } from "@holdfast/core/session";

interface Item {
  readonly at: number;
  readonly act: () => void;
}

/** Virtual time: what is to happen, in order of time and then of planning. */
export class Agenda {
  #now = 0;
  readonly #items: Item[] = [];

  get now(): Instant {
    return this.#now as Instant;
  }

  get length(): number {
    return this.#items.length;
  }

  plan(delayMs: number, act: () => void): void {
    const item = { at: this.#now + Math.max(0, delayMs), act };
    let place = this.#items.length;
    while (place > 0 && (this.#items[place - 1] as Item).at > item.at) place--;
    this.#items.splice(place, 0, item);
  }

  /** Does what comes next, if it comes by `until`. */
  step(until: number = Infinity): boolean {
    const [next] = this.#items;
    if (!next || next.at > until) return false;
    this.#items.shift();
    this.#now = Math.max(this.#now, next.at);
    next.act();
    return true;
  }

  /** Does everything that comes by `until`. */
  run(until: number): void {
    while (this.step(until));
    this.#now = Math.max(this.#now, until);
  }
}

/** Calls `act` when a deadline that may move has come, with one item on the agenda at a time. */
export class Alarm {
  readonly #agenda: Agenda;
  readonly #act: () => void;
  #at = Infinity;

  constructor(agenda: Agenda, act: () => void) {
    this.#agenda = agenda;
    this.#act = act;
  }

  /** Rings at `deadline` or a little earlier; who is woken looks for itself. */
  set(deadline: number): void {
    if (deadline >= this.#at) return;
    this.#at = deadline;
    this.#agenda.plan(deadline - this.#agenda.now, () => {
      if (this.#at !== deadline) return;
      this.#at = Infinity;
      this.#act();
    });
  }
}
