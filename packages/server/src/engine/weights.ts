import type { ServerSession } from "./server-session.ts";

/**
 * Who holds how much, and who most: a binary heap, so that it costs little to tell when all together hold too much, as when everybody is away and is told
 * things all the same. Who holds nothing is not in it.
 */
export class Weights {
  readonly #heap: ServerSession[] = [];
  #totalBytes = 0;

  /** All together. */
  get totalBytes(): number {
    return this.#totalBytes;
  }

  /** The one that holds most. */
  get heaviest(): ServerSession | undefined {
    return this.#heap[0];
  }

  /** A session holds so much now. */
  weigh(session: ServerSession, bytes: number): void {
    this.#totalBytes += bytes - session.weighedBytes;
    session.weighedBytes = bytes;
    const at = session.weightsIndex ?? this.#heap.length;
    if (bytes) return this.#settle(session, at);
    if (session.weightsIndex === undefined) return;
    session.weightsIndex = undefined;
    const last = this.#heap.pop() as ServerSession;
    if (last !== session) this.#settle(last, at);
  }

  /** Puts it where it belongs, beginning where there is a place: behind who holds more, and before who holds less. */
  #settle(session: ServerSession, from: number): void {
    const heap = this.#heap;
    let at = from;
    for (let above; (above = heap[(at - 1) >> 1]) && at && above.weighedBytes < session.weighedBytes;) {
      this.#put(above, at);
      at = (at - 1) >> 1;
    }
    for (let below; (below = this.#heavierBelow(at)) && below.weighedBytes > session.weighedBytes;) {
      const next = below.weightsIndex as number;
      this.#put(below, at);
      at = next;
    }
    this.#put(session, at);
  }

  #heavierBelow(at: number): ServerSession | undefined {
    const left = this.#heap[2 * at + 1];
    const right = this.#heap[2 * at + 2];
    return right && left && right.weighedBytes > left.weighedBytes ? right : left;
  }

  #put(session: ServerSession, at: number): void {
    this.#heap[at] = session;
    session.weightsIndex = at;
  }
}
