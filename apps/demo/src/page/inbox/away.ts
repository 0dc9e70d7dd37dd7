/** A stretch of time when nobody could be told: no link, or a page that nobody saw. */
interface Absence {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What passes sooner is no absence. */
const shortestMs = 3_000;

/** Counts what came while the reader was away. Times are on `Date.now()`'s scale. */
export class Away {
  #leftAtMs: number | undefined;
  #last: Absence | undefined;
  /** What arrived since they left: whether that was an absence, their return tells. */
  #held = 0;
  #missed = 0;

  /** The link is gone, or the page is hidden. */
  leave(nowMs: number): void {
    this.#leftAtMs ??= nowMs;
  }

  /** Both are back. */
  return(nowMs: number): void {
    if (this.#leftAtMs === undefined) return;
    if (nowMs - this.#leftAtMs >= shortestMs) {
      this.#last = { fromMs: this.#leftAtMs, toMs: nowMs };
      this.#missed += this.#held;
    }
    this.#held = 0;
    this.#leftAtMs = undefined;
  }

  /** Something new arrived, which was published at that time. */
  arrive(publishedAtMs: number): void {
    const { fromMs, toMs } = this.#last ?? { fromMs: Infinity, toMs: 0 };
    if (this.#leftAtMs !== undefined) this.#held++;
    else if (fromMs <= publishedAtMs && publishedAtMs <= toMs) this.#missed++;
  }

  /** How many came meanwhile; 0 while the reader is still away. */
  get missed(): number {
    return this.#leftAtMs === undefined ? this.#missed : 0;
  }

  /** The reader knows. */
  seen(): void {
    this.#missed = 0;
  }
}
