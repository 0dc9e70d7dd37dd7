import type { Clock } from "@holdfast/core/exchange";
import type { Instant } from "@holdfast/core/session";
import type { HostedSession } from "./hosted-session.ts";

/** One second of one session. */
interface Second {
  readonly since: Instant;
  count: number;
  /** Somebody waits for its end: how to wait no longer. */
  undo: (() => void) | undefined;
}

/** How many records of each session are handed over in a second. More wait, and the window holds their sender back. */
export class Pace {
  readonly #perSecond: number;
  readonly #clock: Clock;
  readonly #goOn: (session: HostedSession) => void;
  readonly #seconds: WeakMap<HostedSession, Second> = new WeakMap();

  constructor(perSecond: number, clock: Clock, goOn: (session: HostedSession) => void) {
    this.#perSecond = perSecond;
    this.#clock = clock;
    this.#goOn = goOn;
  }

  /** Whether one more may be handed over now; if not, `goOn` is called when it may. */
  mayTake(session: HostedSession): boolean {
    if (this.#perSecond === Infinity) return true;
    const now = this.#clock.now();
    const second = this.#seconds.get(session);
    const leftMs = second ? second.since + 1_000 - now : 0;
    if (!second || leftMs <= 0) {
      this.#seconds.set(session, { since: now, count: 0, undo: undefined });
      return true;
    }
    if (second.count < this.#perSecond) return true;
    second.undo ??= this.#clock.schedule(leftMs, () => this.#goOn(session));
    return false;
  }

  /** The session is over. */
  forget(session: HostedSession): void {
    this.#seconds.get(session)?.undo?.();
    this.#seconds.delete(session);
  }

  count(session: HostedSession): void {
    const second = this.#seconds.get(session);
    if (second) second.count++;
  }
}
