/**
 * Keeps a session while one page goes and the next comes.
 *
 * - An entry MUST be there only from `put` to the next `take`, so that a duplicated page finds none.
 * - `take` and `put` MUST NOT throw; where nothing can be kept, nothing is.
 */
export interface SessionStore {
  /** What the page before left, which is then no longer there: `null` if there is nothing, `undefined` where nothing can be kept. */
  take(): string | null | undefined;
  put(text: string): void;
  /** Calls back when the page goes, and when one that was kept comes back; returns the undo. */
  watch(listener: (what: "leaving" | "back") => void): () => void;
}
