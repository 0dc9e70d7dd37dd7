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

/** Records that arrived together. */
interface Arrived<Record> {
  /** Of the first; some of them may have been here before. */
  readonly offset: number;
  readonly records: readonly Record[];
  readonly bytesEach: number;
  /** What arrived after them. */
  next: Arrived<Record> | undefined;
}

/**
 * What arrived and was not handed over. Positions are explicit: a record is known by its offset, not by when it came.
 *
 * `position` moves when a record is handed over, just before its handler starts, so a handler that breaks the link causes no
 * second delivery. What waits is dropped with the link: the peer still has it.
 */
export class Inbox<Record> {
  readonly #maxBytes: number;
  /** What waits, none without a record that does. */
  #first: Arrived<Record> | undefined;
  #last: Arrived<Record> | undefined;
  /** The offset of the last record that arrived. */
  #arrived = 0;
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

  /** Bytes ever handed over. */
  get handedBytes(): number {
    return this.#handedBytes;
  }

  /** Takes what is new of `records`, the first of which has `offset`; each counts `bytesEach`. */
  receive(offset: number, records: readonly Record[], bytesEach: number): Arrival {
    if (offset > this.#arrived + 1) return "gap";
    const fresh = offset + records.length - 1 - this.#arrived;
    if (fresh <= 0) return "repeated";
    if (this.#bytes > this.#maxBytes) return "flood";
    const last = this.#last;
    this.#last = { offset, records, bytesEach, next: undefined };
    if (last) last.next = this.#last;
    else this.#first = this.#last;
    this.#arrived += fresh;
    this.#bytes += bytesEach * fresh;
    return "accepted";
  }

  /** The next record. */
  peek(): Record | undefined {
    return this.#first?.records[this.#position + 1 - this.#first.offset];
  }

  /** Hands the next record over; the position moves first. */
  take(): Record | undefined {
    if (!this.#first) return undefined;
    const { offset, records, bytesEach, next } = this.#first;
    const record = records[++this.#position - offset];
    this.#bytes -= bytesEach;
    this.#handedBytes += bytesEach;
    if (this.#position + 1 === offset + records.length) {
      this.#first = next;
      this.#last = next && this.#last;
    }
    return record;
  }

  /** The link is lost: what waits will come again. */
  detach(): void {
    this.#first = this.#last = undefined;
    this.#arrived = this.#position;
    this.#bytes = 0;
  }

  /** Goes on where another life of this session stopped. */
  restore(position: number): void {
    this.#arrived = this.#position = position;
  }
}
