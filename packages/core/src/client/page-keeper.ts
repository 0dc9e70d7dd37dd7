import type { Stored } from "../engine/client-engine.ts";
import type { SessionStore } from "../ports/session-store.ts";

/** What one page leaves for the next. */
export interface Left {
  readonly stored: Stored;
  readonly lastTicket: number;
}

/** What keeping needs of the client it is kept of. */
export interface PageKeeperHost {
  /** What there is to leave, if there is a session. */
  remains(): Left | undefined;
  /** Tells the server what was handed over, and writes what may be written. */
  tell(): void;
  /** The page did not go for good; but perhaps another one has taken what it left. */
  back(isTaken: boolean): void;
}

/** Keeps a session while one page goes and the next comes. PROTOCOL.md section 6.6. */
export interface PageKeeper {
  /** What the page before left. */
  readonly left: Left | undefined;
  /** Whether the page goes, and nothing is handed over or written any more; then it leaves what there is now. */
  keeps(): boolean;
  /** Looks when the page goes, from now on. */
  watch(): void;
  /** Leaves nothing, and looks no more. What was found and `isUnused` is left for the next one. */
  stop(isUnused: boolean): void;
}

export function createPageKeeper(store: SessionStore | undefined, host: PageKeeperHost): PageKeeper {
  /** What the page before left, and later what this one does. */
  let kept = store?.take();
  const left = read(kept);
  /** Only where there is a store. */
  let isLeaving = false;
  let unwatch: (() => void) | undefined;

  function keeps(): boolean {
    if (!isLeaving) return false;
    const remains = host.remains();
    kept = remains && JSON.stringify(remains);
    if (kept) (store as SessionStore).put(kept);
    return true;
  }

  /** What we left is nobody's any more. Whether it was another page's already: what that has left is not ours to take. */
  function stay(): boolean {
    if (!isLeaving) return false;
    isLeaving = false;
    const now = (store as SessionStore).take();
    if (now === kept || now === undefined) return false;
    if (now) (store as SessionStore).put(now);
    const isTaken = !!kept;
    kept = undefined;
    return isTaken;
  }

  return {
    left,
    keeps,
    watch() {
      unwatch ??= store?.watch((what) => {
        if (what === "back") {
          host.back(stay());
        } else {
          host.tell();
          isLeaving = true;
          keeps();
        }
      });
    },
    stop(isUnused) {
      unwatch?.();
      unwatch = undefined;
      stay();
      if (kept && isUnused) (store as SessionStore).put(kept);
      kept = undefined;
    },
  };
}

function read(text: string | null | undefined): Left | undefined {
  try {
    const left = JSON.parse(text as string);
    return left.stored.remains.kept.map && left;
  } catch {
    // Nothing, or nothing that we left.
    return undefined;
  }
}
