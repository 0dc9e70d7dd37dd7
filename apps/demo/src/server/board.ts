import type { News } from "../shared/contract.ts";

const maxNews = 100;

/** What a reader of the news is told by its stream. */
interface Reader {
  readonly gap: () => void;
  readonly signal: AbortSignal;
}

/** The latest news. Who was away reads on where they stopped. */
export class Board {
  readonly #news: News[] = [];
  readonly #waiting: Set<() => void> = new Set();
  /** Nothing is known of what was up to here. */
  #forgotten: number = Date.now();

  post(text: string): void {
    const at = new Date();
    // By the clock, so that the news of the next demo are newer than those of this one.
    this.#news.push({ id: Math.max(at.getTime(), this.#last + 1), text, at });
    if (this.#news.length > maxNews) this.#forgotten = this.#news.shift()?.id ?? this.#forgotten;
    for (const wake of this.#waiting) wake();
  }

  /** All news after that one, and whatever comes; without one, only what comes. */
  async *follow(after: number = this.#last, { gap, signal }: Reader): AsyncGenerator<News> {
    if (after < this.#forgotten) gap();
    let last = after;
    while (!signal.aborted) {
      const next = this.#news.find(({ id }) => id > last);
      if (next) {
        last = next.id;
        yield next;
      } else {
        await this.#change(signal);
      }
    }
  }

  get #last(): number {
    return this.#news.at(-1)?.id ?? this.#forgotten;
  }

  /** Resolves when there is more, or nobody wants it. */
  async #change(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener("abort", wake);
    });
  }
}
