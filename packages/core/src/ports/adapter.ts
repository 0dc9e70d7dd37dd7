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
  /** What relative URLs are relative to: `undefined` where they make no sense, "" where that is known only later. */
  base(): string | undefined;
}
