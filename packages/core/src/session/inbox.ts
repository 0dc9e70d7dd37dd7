/** A record that arrived. What it says is opaque here. */
export interface Incoming<Record> {
  readonly record: Record;
  /** The size of its text in UTF-8, as its sender counted it against the window. */
  readonly bytes: number;
}

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
  #waiting: (Incoming<Record> | undefined)[] = [];
  #head = 0;
  #position = 0;
  #bytes = 0;

  /** `maxBytes`: the window the peer was given, and what one frame more may bring. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The offset of the last record that was handed over. */
  get position(): number {
    return this.#position;
  }

  /** How many wait. */
  get length(): number {
    return this.#waiting.length - this.#head;
  }

  /** Takes what is new of `records`, the first of which has `offset`. */
  receive(offset: number, records: readonly Incoming<Record>[]): Arrival {
    const next = this.#position + this.length + 1;
    if (offset > next) return "gap";
    const fresh = records.slice(next - offset);
    if (!fresh.length) return "repeated";
    if (this.#bytes > this.#maxBytes) return "flood";
    for (const incoming of fresh) {
      this.#waiting.push(incoming);
      this.#bytes += incoming.bytes;
    }
    return "accepted";
  }

  /** Hands the next record over; the position moves first. */
  take(): Record | undefined {
    const next = this.#waiting[this.#head];
    if (!next) return undefined;
    this.#position++;
    this.#bytes -= next.bytes;
    // Let go of it now: what is kept until the array is copied is kept beyond every bound.
    this.#waiting[this.#head++] = undefined;
    if (this.#head >= 1_024 || this.#head === this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#head);
      this.#head = 0;
    }
    return next.record;
  }

  /** The link is lost: what waits will come again. */
  detach(): void {
    this.#waiting = [];
    this.#head = 0;
    this.#bytes = 0;
  }
}
