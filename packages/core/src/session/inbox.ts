/** What the inbox says of records that arrived. */
export type Arrival =
  /** Some were new. */
  | "accepted"
  /** All were here before: the peer has not heard our ack. */
  | "repeated"
  /** Some before them are missing. */
  | "gap"
  /** More than the peer was allowed to send. */
  | "flood";

/**
 * What arrived and was not handed over. Positions are explicit: a record is known by its offset, not by when it came.
 *
 * `position` moves when a record is handed over, just before its handler starts, so a handler that breaks the link causes no
 * second delivery. What waits is dropped with the link: the peer still has it.
 */
export class Inbox<Record> {
  readonly #maxBytes: number;
  #waiting: (Record | undefined)[] = [];
  /** Of each that waits. */
  #sizes: number[] = [];
  #head = 0;
  #position = 0;
  #bytes = 0;
  #handedBytes = 0;

  /** Records of a frame are counted by their mean, so one that was taken in part may count for a window more than it is. */
  constructor(windowBytes: number) {
    this.#maxBytes = 2 * windowBytes;
  }

  /** The offset of the last record that was handed over. */
  get position(): number {
    return this.#position;
  }

  /** How many wait. */
  get length(): number {
    return this.#waiting.length - this.#head;
  }

  /** Bytes ever handed over. */
  get handedBytes(): number {
    return this.#handedBytes;
  }

  /** Takes what is new of `records`, the first of which has `offset`; each counts `bytesEach`. */
  receive(offset: number, records: readonly Record[], bytesEach: number): Arrival {
    const next = this.#position + this.length + 1;
    if (offset > next) return "gap";
    const fresh = next === offset ? records : records.slice(next - offset);
    if (!fresh.length) return "repeated";
    if (this.#bytes > this.#maxBytes) return "flood";
    for (const record of fresh) {
      this.#waiting.push(record);
      this.#sizes.push(bytesEach);
    }
    this.#bytes += bytesEach * fresh.length;
    return "accepted";
  }

  /** The next record. */
  peek(): Record | undefined {
    return this.#waiting[this.#head];
  }

  /** Hands the next record over; the position moves first. */
  take(): Record | undefined {
    const head = this.#head;
    if (head === this.#waiting.length) return undefined;
    const next = this.#waiting[head];
    const bytes = this.#sizes[head] ?? 0;
    this.#position++;
    this.#bytes -= bytes;
    this.#handedBytes += bytes;
    // Let go of it now: what is kept until the array is copied is kept beyond every bound.
    this.#waiting[head] = undefined;
    this.#head++;
    if (this.#head >= 1_024 || this.#head === this.#waiting.length) this.#compact();
    return next;
  }

  /** The link is lost: what waits will come again. */
  detach(): void {
    this.#head = this.#waiting.length;
    this.#compact();
    this.#bytes = 0;
  }

  /** Goes on where another life of this session stopped. */
  restore(position: number): void {
    this.#position = position;
  }

  #compact(): void {
    this.#waiting = this.#waiting.slice(this.#head);
    this.#sizes = this.#sizes.slice(this.#head);
    this.#head = 0;
  }
}
