/** The writing end of an iterator. */
export interface Feed<T> {
  /** One more. Tells how many are unread. */
  push(item: T): number;
  /** No more comes; with an error, reading ends with it. What is buffered is still read. */
  end(error?: unknown): void;
  readonly iterator: AsyncIterableIterator<T>;
}

/** What a reader does. */
interface Reading {
  /** Reads for the first time. */
  began?(): void;
  /** Took an item. */
  taken?(): void;
}

/** An async iterator that is written to; who writes bounds it. `ended` is called at any end. */
export function createFeed<T>(ended: () => void, reading: Reading = {}): Feed<T> {
  const items: T[] = [];
  let isOver = false;
  let failure: unknown;
  let wake = (): void => {};

  function end(error?: unknown): void {
    if (isOver) return;
    isOver = true;
    failure = error;
    ended();
    wake();
  }

  async function* read(): AsyncGenerator<T, void> {
    reading.began?.();
    while (items.length || !isOver) {
      if (items.length) {
        const item = items.shift() as T;
        reading.taken?.();
        yield item;
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
    if (failure) throw failure;
  }

  const generator = read();
  return {
    push(item) {
      if (isOver) return 0;
      wake();
      return items.push(item);
    },
    end,
    iterator: {
      next: () => generator.next(),
      return() {
        // Ending first wakes a reader that waits: a generator cannot be returned from in the middle of an await.
        items.length = 0;
        end();
        return generator.return();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    },
  };
}
