import type { Close, Data, LinkListener } from "@holdfast/core";

/** What a link told. */
export type Told =
  | { readonly type: "opened" }
  | { readonly type: "heard" }
  | { readonly type: "message"; readonly data: Data }
  | { readonly type: "closed"; readonly close: Close };

type OfType<T extends Told["type"]> = Extract<Told, { type: T }>;

/** A listener that keeps what it is told, in order. */
export class Recorder implements LinkListener {
  readonly told: Told[] = [];
  #wake = (): void => {};

  opened(): void {
    this.#keep({ type: "opened" });
  }
  heard(): void {
    this.#keep({ type: "heard" });
  }
  message(data: Data): void {
    this.#keep({ type: "message", data });
  }
  closed(close: Close): void {
    this.#keep({ type: "closed", close });
  }

  /** All of a type so far. */
  all<T extends Told["type"]>(type: T): OfType<T>[] {
    return this.told.filter((one): one is OfType<T> => one.type === type);
  }

  /** Waits for the `count`th of a type. */
  async until<T extends Told["type"]>(type: T, count = 1): Promise<OfType<T>> {
    for (;;) {
      const found = this.all(type)[count - 1];
      if (found) return found;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #keep(one: Told): void {
    this.told.push(one);
    this.#wake();
  }
}
