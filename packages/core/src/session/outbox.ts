import { isWhole } from "../protocol/decode.ts";

/**
 * Names a record for whoever waits for it. Chosen by the caller, and kept when offsets are counted anew.
 * The id of a call or stream on the wire is its ticket.
 */
export type Ticket = number & { readonly brand: "Ticket" };

/** The ticket of a record that nobody waits for. */
export const nobody: Ticket = 0 as Ticket;

/** A record on its way out. What it says is opaque here. */
export interface Outgoing {
  readonly ticket: Ticket;
  /** As it stands in a frame. */
  readonly text: string;
  /** Its size in UTF-8. */
  readonly bytes: number;
  /**
   * A `call` or `stream` is owed an answer, so its arrival is not enough. An `answer` (a result, an item, a credit ...) speaks
   * of somebody's ask and means nothing outside its session.
   */
  readonly kind: "event" | "call" | "stream" | "answer";
  /** Whether it may be sent again when nobody can tell if it arrived. */
  readonly idempotent: boolean;
  /** Its offset in a session that was lost, and in which it may have arrived. */
  readonly offset?: number | undefined;
}

/** A record that is not known to have arrived. */
export interface Kept {
  readonly record: Outgoing;
  /** `undefined`: never written. */
  readonly offset: number | undefined;
}

/** Records that go out together. */
export interface Batch {
  /** Of the first. */
  readonly offset: number;
  readonly records: readonly Outgoing[];
}

/** What a frame is besides its records: its name, an offset and an ack of 16 digits each, brackets. */
export const frameOverheadBytes = 46;

/**
 * What was sent and is not acknowledged, and behind it what was not written yet; oldest first, bounded in bytes.
 * It exists from the start of the session, not from the loss of a link, so a link that only looked alive costs nothing.
 *
 * An offset is given at the first write and never changes: what was ever written is written again under the same one.
 */
export class Outbox {
  readonly #maxBytes: number;
  #records: (Outgoing | undefined)[] = [];
  /** The offset before the first of them. */
  #base = 0;
  /** The peer has everything up to here. */
  #acked = 0;
  /** Written on this link up to here. */
  #cursor = 0;
  /** Ever written up to here. */
  #sent = 0;
  #bytes = 0;
  #inFlightBytes = 0;
  #windowBytes = 0;
  /**
   * Of the largest frame, so much is written: half with every link that left something in doubt, for it may have died in the middle of a frame;
   * twice with all news of what arrived. PROTOCOL.md section 5.7.
   */
  #share = 1;
  /** Emptied: no peer can go on from here. */
  #isLost = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Everything that waits or is in flight. Above the bound only while what a lost session left is sent again. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The peer has everything up to here. */
  get acked(): number {
    return this.#acked;
  }

  /** Goes on where another life of this outbox stopped: what was written there may have arrived. */
  restore(acked: number, kept: readonly Kept[]): void {
    this.#records = kept.map(({ record }) => record);
    this.#acked = this.#cursor = this.#base = acked;
    this.#sent = acked + kept.filter(({ offset }) => offset !== undefined).length;
    this.#bytes = kept.reduce((bytes, { record }) => bytes + record.bytes, 0);
  }

  /** Takes one more, if it fits; one that was taken before fits in any case. */
  push(record: Outgoing, wasTaken = false): boolean {
    if (!wasTaken && this.#bytes + record.bytes > this.#maxBytes) return false;
    this.#bytes += record.bytes;
    this.#records.push(record);
    return true;
  }

  /** Takes back what was never written and `isUnwanted`. Nobody looks behind the ticket `last`: they are in order. */
  withdraw(isUnwanted: (record: Outgoing) => boolean, last: number = Infinity): readonly Outgoing[] {
    const withdrawn: Outgoing[] = [];
    let index = this.#sent - this.#base;
    for (let record; (record = this.#records[index]) && record.ticket <= last;) {
      if (isUnwanted(record)) {
        withdrawn.push(record);
        this.#records.splice(index, 1);
        this.#bytes -= record.bytes;
      } else index++;
    }
    return withdrawn;
  }

  /**
   * The peer has everything up to `offset`: whose records those were. `undefined`: it cannot have that. A lower one than before says nothing new.
   * From now on it takes `windowBytes`: a smaller window stops new writes and takes nothing back.
   */
  acknowledge(offset: number, windowBytes: number = this.#windowBytes): readonly Ticket[] | undefined {
    this.#windowBytes = windowBytes;
    if (!isWhole(offset) || offset > this.#sent) return undefined;
    const tickets: Ticket[] = [];
    while (this.#acked < offset) {
      const index = this.#acked++ - this.#base;
      const record = this.#records[index] as Outgoing;
      // After an attach the peer may have what this link has not written again.
      if (this.#acked <= this.#cursor) this.#inFlightBytes -= record.bytes;
      this.#bytes -= record.bytes;
      tickets.push(record.ticket);
      // Let go of it now: what is kept until the array is copied is kept beyond every bound.
      this.#records[index] = undefined;
    }
    this.#cursor = Math.max(this.#cursor, this.#acked);
    if (tickets.length && this.#share < 1) this.#share *= 2;
    this.#compact();
    return tickets;
  }

  /** Whether a peer can have everything up to `position` and no more. */
  couldHave(position: number): boolean {
    return position >= this.#acked && position <= this.#sent;
  }

  /** A new link, whose peer has everything up to `position` and takes `windowBytes` more. `undefined`: it cannot have that position, or what it lacks was given away. */
  attach(position: number, windowBytes: number): readonly Ticket[] | undefined {
    if (this.#isLost || position < this.#acked) return undefined;
    // A ten-thousandth is one record, of any that are worth a frame.
    if (this.#sent > this.#acked && this.#share > 1e-4) this.#share /= 2;
    this.#inFlightBytes = 0;
    this.#cursor = this.#acked;
    return this.acknowledge(position, windowBytes);
  }

  /**
   * What may be written now: as much as the window takes, and at most our share of `maxFrameBytes` unless one record is larger.
   * With nothing in flight one record may go that is larger than the window.
   */
  take(maxFrameBytes: number): Batch | undefined {
    const records: Outgoing[] = [];
    const offset = this.#cursor + 1;
    const most = maxFrameBytes * this.#share;
    let frameBytes = frameOverheadBytes;
    for (let record; (record = this.#records[this.#cursor - this.#base]);) {
      const total = frameBytes + record.bytes + 1;
      if (records.length && total > most) break;
      // Small frames are few, until something of them arrives: what each is besides its records counts for no window, and would be most of them all.
      const fits = this.#inFlightBytes + record.bytes <= Math.min(most * 1e3, this.#windowBytes);
      if (!fits && (this.#inFlightBytes || !this.#windowBytes)) break;
      frameBytes = total;
      this.#inFlightBytes += record.bytes;
      this.#cursor++;
      records.push(record);
    }
    this.#sent = Math.max(this.#sent, this.#cursor);
    return records.length ? { offset, records } : undefined;
  }

  /** Whether everything that was sent is on its way. */
  get isWritten(): boolean {
    return this.#records.length === this.#cursor - this.#base;
  }

  /** What waits to be known as received: each with its offset if it was ever written. */
  get kept(): readonly Kept[] {
    return this.#records.slice(this.#acked - this.#base).map((record, index) => {
      const offset = this.#acked + 1 + index;
      return { record: record as Outgoing, offset: offset <= this.#sent ? offset : undefined };
    });
  }

  /** Gives everything away, with the offsets of what was ever written: the session is lost, or nobody can take so much. */
  empty(): readonly Kept[] {
    const all = this.kept;
    this.#isLost = true;
    this.#records = [];
    this.#bytes = 0;
    this.#acked = this.#cursor = this.#base = this.#sent;
    return all;
  }

  /** Taking from the front costs the same whatever waits behind. */
  #compact(): void {
    const gone = this.#acked - this.#base;
    if (gone < 1_024 && gone < this.#records.length) return;
    this.#records = this.#records.slice(gone);
    this.#base = this.#acked;
  }
}
