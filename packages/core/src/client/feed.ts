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
  let items: T[] = [];
  /** What is read now, last first: what was read is let go of, and what waits is moved once. */
  let batch: T[] = [];
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
      if (!items.length) await new Promise<void>((resolve) => (wake = resolve));
      // oxlint-disable-next-line unicorn/no-array-reverse -- nobody else has it, and it gives away its last as cheaply as its first
      batch = items.reverse();
      items = [];
      while (batch.length) {
        const item = batch.pop() as T;
        reading.taken?.();
        yield item;
      }
    }
    if (failure !== undefined) throw failure;
  }

  const generator = read();
  return {
    push(item) {
      if (isOver) return 0;
      wake();
      return items.push(item) + batch.length;
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
