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
  readonly records: readonly Record[];
  readonly bytesEach: number;
  /** How many of them were handed over. */
  taken: number;
}

/**
 * What arrived and was not handed over. Positions are explicit: a record is known by its offset, not by when it came.
 *
 * `position` moves when a record is handed over, just before its handler starts, so a handler that breaks the link causes no
 * second delivery. What waits is dropped with the link: the peer still has it.
 */
export class Inbox<Record> {
  readonly #maxBytes: number;
  /** None of them is empty. */
  #arrived: Arrived<Record>[] = [];
  #length = 0;
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
    const next = this.#position + this.#length + 1;
    if (offset > next) return "gap";
    const fresh = records.length - (next - offset);
    if (fresh <= 0) return "repeated";
    if (this.#bytes > this.#maxBytes) return "flood";
    this.#arrived.push({ records, bytesEach, taken: next - offset });
    this.#length += fresh;
    this.#bytes += bytesEach * fresh;
    return "accepted";
  }

  /** The next record. */
  peek(): Record | undefined {
    const first = this.#arrived[0];
    return first?.records[first.taken];
  }

  /** Hands the next record over; the position moves first. */
  take(): Record | undefined {
    const first = this.#arrived[0];
    if (!first) return undefined;
    const { records, bytesEach } = first;
    this.#position++;
    this.#length--;
    this.#bytes -= bytesEach;
    this.#handedBytes += bytesEach;
    const next = records[first.taken++];
    if (first.taken === records.length) this.#arrived.shift();
    return next;
  }

  /** The link is lost: what waits will come again. */
  detach(): void {
    this.#arrived = [];
    this.#length = this.#bytes = 0;
  }

  /** Goes on where another life of this session stopped. */
  restore(position: number): void {
    this.#position = position;
  }
}
