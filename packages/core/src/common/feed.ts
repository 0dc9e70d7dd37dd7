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
  // A Set keeps the order and gives away its first as cheaply as its last; whoever goes through it comes by what is added meanwhile.
  const items = new Set<readonly [T]>();
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
    for (;;) {
      for (const item of items) {
        items.delete(item);
        reading.taken?.();
        yield item[0];
      }
      if (isOver) break;
      await new Promise<void>((resolve) => (wake = resolve));
    }
    if (failure !== undefined) throw failure;
  }

  const generator = read();
  return {
    push(item) {
      if (isOver) return 0;
      wake();
      return items.add([item]).size;
    },
    end,
    iterator: {
      next: () => generator.next(),
      return() {
        // Ending first wakes a reader that waits: a generator cannot be returned from in the middle of an await.
        end();
        return generator.return();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    },
  };
}
