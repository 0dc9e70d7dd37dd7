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
  /** The page did not go for good. */
  back(): void;
}

/** Keeps a session while one page goes and the next comes. PROTOCOL.md section 6.6. */
export interface PageKeeper {
  /** What the page before left. */
  readonly left: Left | undefined;
  /** The page goes: nothing is handed over or written any more. */
  readonly isLeaving: boolean;
  /** Whether the page goes; then it leaves what there is now. */
  keeps(): boolean;
  /** Looks when the page goes, from now on. */
  watch(): void;
  /** Leaves nothing, and looks no more. */
  stop(): void;
}

export function createPageKeeper(store: SessionStore | undefined, host: PageKeeperHost): PageKeeper {
  const left = read(store?.take() ?? "");
  let isLeaving = false;
  let kept: string | undefined;
  let unwatch: (() => void) | undefined;

  function keeps(): boolean {
    if (!isLeaving) return false;
    const remains = host.remains();
    kept = remains && JSON.stringify(remains);
    if (kept) store?.put(kept);
    return true;
  }

  /** What we left is nobody's; what another page has left meanwhile is not ours to take. */
  function stay(): void {
    if (!isLeaving) return;
    isLeaving = false;
    const found = store?.take();
    if (found && found !== kept) store?.put(found);
  }

  return {
    left,
    get isLeaving() {
      return isLeaving;
    },
    keeps,
    watch() {
      unwatch ??= store?.watch((what) => {
        if (what === "back") {
          stay();
          host.back();
        } else {
          host.tell();
          isLeaving = true;
          keeps();
        }
      });
    },
    stop() {
      unwatch?.();
      unwatch = undefined;
      stay();
    },
  };
}

function read(text: string): Left | undefined {
  try {
    const left = JSON.parse(text);
    return left.stored.remains.kept && left;
  } catch {
    // Nothing, or nothing that we left.
    return undefined;
  }
}
