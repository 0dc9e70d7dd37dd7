/** How long each took from publication to display. */
export class Delays {
  readonly #delaysMs: number[] = [];

  add(delayMs: number): void {
    this.#delaysMs.push(Math.max(0, delayMs));
  }

  get count(): number {
    return this.#delaysMs.length;
  }

  /** `undefined` while there is none. */
  get medianMs(): number | undefined {
    const sorted = this.#delaysMs.toSorted((a, b) => a - b);
    const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
    return low === undefined || high === undefined ? undefined : (low + high) / 2;
  }

  get worstMs(): number | undefined {
    return this.#delaysMs.length ? Math.max(...this.#delaysMs) : undefined;
  }
}
