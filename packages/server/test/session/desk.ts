import type { SessionStore } from "@holdfast/core";

/** Where one page leaves what the next one finds. */
export class Desk {
  text: string | null;

  constructor(text: string | null = null) {
    this.text = text;
  }

  /** What a page has of it. */
  page(): Page {
    return new Page(this);
  }
}

/** A page that goes is frozen: it leaves and finds nothing until it comes back. */
export class Page implements SessionStore {
  readonly #desk: Desk;
  #isFrozen = false;
  #hear: (what: "leaving" | "back") => void = () => {};

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  take(): string | null {
    const found = this.#desk.text;
    this.#desk.text = null;
    return found;
  }

  put(text: string): void {
    if (!this.#isFrozen) this.#desk.text = text;
  }

  watch(listener: (what: "leaving" | "back") => void): () => void {
    this.#hear = listener;
    return () => (this.#hear = () => {});
  }

  /** It goes, and for a moment it is still there. */
  hide(): void {
    this.#hear("leaving");
  }

  freeze(): void {
    this.#isFrozen = true;
  }

  leave(): void {
    this.hide();
    this.freeze();
  }

  comeBack(): void {
    this.#isFrozen = false;
    this.#hear("back");
  }
}
