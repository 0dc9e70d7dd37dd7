import type { Close, Data, LinkListener } from "@holdfast/core";

/** A listener that keeps what it is told, in order. */
export class Recorder implements LinkListener {
  readonly told: (string | Data | Close)[] = [];
  #close: Close | undefined;
  #wake = (): void => {};

  opened(): void {
    this.told.push("opened");
    this.#wake();
  }
  heard(): void {
    this.told.push("heard");
  }
  message(data: Data): void {
    this.told.push(data);
    this.#wake();
  }
  closed(close: Close): void {
    this.told.push(close);
    this.#close = close;
    this.#wake();
  }

  /** Waits until so many things were told. */
  async until(count: number): Promise<void> {
    while (this.told.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** Waits for the end. */
  async untilClosed(): Promise<Close> {
    while (!this.#close) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#close;
  }
}
