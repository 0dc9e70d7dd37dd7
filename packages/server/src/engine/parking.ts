import { after, type Instant, never } from "@holdfast/core/session";
import type { ServerSession } from "./server-session.ts";

/** Sessions without a link, and when their time is over. Waits of one length end in the order they began. */
export class Parking {
  readonly #byWaitMs: Map<number, Set<ServerSession>> = new Map();

  /** When the next one's time is over. */
  get nextExpiry(): Instant {
    let next: Instant = never;
    for (const queue of this.#byWaitMs.values()) {
      for (const session of queue) {
        next = earlier(next, expiryOf(session));
        break;
      }
    }
    return next;
  }

  /** A session waits, for so long. */
  add(session: ServerSession, waitMs: number, now: Instant): void {
    session.standing = { phase: "parked", since: now, expiresAt: after(now, waitMs) };
    const queue = this.#byWaitMs.get(waitMs) ?? new Set();
    this.#byWaitMs.set(waitMs, queue.add(session));
  }

  /** A session has a link again, or is over. */
  delete(session: ServerSession): void {
    for (const queue of this.#byWaitMs.values()) queue.delete(session);
  }

  /** The one that has waited longest. */
  get oldest(): ServerSession | undefined {
    let oldest: ServerSession | undefined;
    for (const queue of this.#byWaitMs.values()) {
      for (const session of queue) {
        if (!oldest || sinceOf(session) < sinceOf(oldest)) oldest = session;
        break;
      }
    }
    return oldest;
  }

  /** Whose time is over. */
  expired(now: Instant): readonly ServerSession[] {
    const over: ServerSession[] = [];
    for (const queue of this.#byWaitMs.values()) {
      for (const session of queue) {
        if (expiryOf(session) > now) break;
        over.push(session);
      }
    }
    return over;
  }
}

function expiryOf({ standing }: ServerSession): Instant {
  return standing.phase === "parked" ? standing.expiresAt : never;
}

function sinceOf({ standing }: ServerSession): Instant {
  return standing.phase === "parked" ? standing.since : never;
}

function earlier(one: Instant, other: Instant): Instant {
  return one < other ? one : other;
}
