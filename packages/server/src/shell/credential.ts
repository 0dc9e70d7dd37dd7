import { after, type Instant, never } from "@holdfast/core/session";

/** How long before a credential expires the client is asked for another one, at the most. */
const askAheadMs = 60_000;

/** How long a client may go on as who it is, and what it says of that while its link lasts. */
export class Credential {
  #expiresAt: Instant = never;
  #askAt: Instant = never;
  /** One that nobody has been asked about yet. */
  #newest: { readonly said: unknown } | undefined;
  #isAsking = false;

  /** When something is due. */
  get deadline(): Instant {
    return Math.min(this.#askAt, this.#expiresAt) as Instant;
  }

  /** It holds so long from now on; `undefined`: for ever. */
  accept(now: Instant, expiresInMs: number | undefined): void {
    this.#expiresAt = this.#askAt = never;
    if (expiresInMs === undefined) return;
    this.#expiresAt = after(now, expiresInMs);
    this.#askAt = after(this.#expiresAt, -Math.min(askAheadMs, expiresInMs / 2));
  }

  /** What is due: the client is to be asked for another one, once, or has none any more. */
  due(now: Instant): "ask" | "expired" | undefined {
    if (now >= this.#expiresAt) return "expired";
    if (now < this.#askAt) return undefined;
    this.#askAt = never;
    return "ask";
  }

  /** The client says another one: `judge` has them one at a time, and of those that came meanwhile the newest. */
  async renew(said: unknown, judge: (said: unknown) => Promise<void>): Promise<void> {
    this.#newest = { said };
    if (this.#isAsking) return;
    this.#isAsking = true;
    for (let next; (next = this.#newest);) {
      this.#newest = undefined;
      await judge(next.said);
    }
    this.#isAsking = false;
  }
}
