import type { Notification } from "../shared/notification.ts";
import type { Store } from "./store.ts";

/** How many of the old ones somebody new is given. */
export const latestCount = 200;
const batchLength = 50;

/** What a reader of a feed is told by its stream. */
interface Reader {
  readonly name: string;
  /** Where the reader stopped; without it, the latest and what is new. */
  readonly after: number | undefined;
  readonly gap: () => void;
  readonly signal: AbortSignal;
}

/** What somebody missed, then what is new, for as long as they read. */
export async function* feed(
  store: Store,
  { name, after, gap, signal }: Reader,
): AsyncGenerator<Notification> {
  // A store that is behind its reader is another one than the reader knew.
  const isOther = after !== undefined && after > store.revision;
  if (isOther) gap();
  let last = isOther ? undefined : after;
  if (last === undefined) {
    last = store.revision;
    yield* store.latest(name, latestCount);
  }
  while (!signal.aborted) {
    const batch = store.after(name, last, batchLength);
    if (batch.length === 0) await change(store, signal);
    for (const item of batch) {
      last = item.revision;
      yield item;
    }
  }
}

/** Resolves when there is more, or nobody wants it. */
function change(store: Store, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      unwatch();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const unwatch = store.watch(done);
    signal.addEventListener("abort", done);
  });
}
