import type { Clock } from "./clock.ts";
import type { SessionStore } from "./session-store.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Transport } from "./transport.ts";

/** What a package for one runtime plugs in. */
export interface Adapter {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly surroundings: Surroundings;
  /** Whether its links can send pings of the protocol itself. */
  readonly hasPing: boolean;
  /** Where a session outlives a page, if anywhere. */
  readonly store?: SessionStore | undefined;
  /**
   * Calls `flush` by the end of this turn, and says when; or a moment later, when there may be more to flush, if it can wait, for nobody
   * awaits what there is: `undefined`. @defaultValue by the end of the turn in any case
   */
  readonly turn?: Turn | undefined;
  /** What relative URLs are relative to: `undefined` where they make no sense. Asked at every dial: a page may come later. */
  base(): string | undefined;
}

/** When what was said is written. */
export type Turn = (flush: () => void, canWait?: boolean) => Promise<void> | undefined;
