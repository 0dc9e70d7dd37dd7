import * as closeCodes from "../protocol/close-codes.ts";
import { isWhole } from "../protocol/decode.ts";
import { Inbox } from "./inbox.ts";
import { type Batch, type Kept, Outbox, type Outgoing, type Ticket } from "./outbox.ts";

/** What both ends of a session agreed to bear. */
export interface SessionLimits {
  /** Bound of what is sent and not acknowledged. */
  readonly outboxBytes: number;
  /** What the peer may send before it hears an ack. */
  readonly windowBytes: number;
  /** A frame is no larger, names and commas included, unless one record is. */
  readonly frameBytes: number;
}

/** What the peer takes. */
export interface PeerLimits {
  /** Bytes of records that may be on their way. */
  readonly window: number;
  /** The largest frame. */
  readonly maxMessageBytes: number;
}

/** What to write: records, and with them or alone how far we are. */
export interface Writing {
  readonly batch: Batch | undefined;
  readonly ack: number | undefined;
}

/** Why a link has to go, for the peer: it broke the protocol, lost its place, or lost it again and again without getting on. */
export interface Violation {
  readonly code: number;
  readonly reason: string;
}

/** The peer says what it cannot say. */
export const impossible: Violation = { code: closeCodes.protocol, reason: "a frame that cannot be" };

/** So many gaps in a row are bad luck; one more, and what is missing will not come. */
const maxGaps = 3;

/** What is kept of a session beyond the life of a program. */
export interface Remains {
  readonly position: number;
  readonly acked: number;
  readonly kept: readonly Kept[];
}

/**
 * One end of a session: every record once, in order, across any number of links. The same class on both ends.
 *
 * Records are opaque. It does nothing by itself: what arrives goes in, what is to be written and handed over is taken out.
 */
export class Session<Record> {
  readonly #maxFrameBytes: number;
  /** Absent: no link. */
  #frameBytes: number | undefined;
  protected readonly outbox: Outbox;
  protected readonly inbox: Inbox<Record>;
  /** The last position the peer was told. */
  #told = 0;
  #toldBytes = 0;
  /** The peer did not hear our last ack. */
  #mustTell = false;
  /** The position at which a gap was found last, and how many in a row. */
  #gapAt = -1;
  #gaps = 0;

  constructor({ outboxBytes, windowBytes, frameBytes }: SessionLimits) {
    this.#maxFrameBytes = frameBytes;
    this.outbox = new Outbox(outboxBytes);
    this.inbox = new Inbox(windowBytes);
  }

  /** Offset of the last record handed over: what `hello` and `welcome` tell. */
  get position(): number {
    return this.inbox.position;
  }

  /** Bytes that are sent and not acknowledged. */
  get bufferedBytes(): number {
    return this.outbox.bytes;
  }

  /** Whether we took so many records or bytes since the peer was told. */
  hasTaken(records: number, bytes: number): boolean {
    return this.inbox.position - this.#told >= records || this.inbox.handedBytes - this.#toldBytes >= bytes;
  }

  /** What would go on in another life of this session. */
  get remains(): Remains {
    return { position: this.inbox.position, acked: this.outbox.acked, kept: this.outbox.kept };
  }

  /** Goes on where another life of this session stopped. Before anything else. */
  restore({ position, acked, kept }: Remains): void {
    this.inbox.restore(position);
    this.outbox.restore(acked, kept);
  }

  /** Whether the peer can have everything up to `position` and no more. */
  couldHave(position: number): boolean {
    return this.outbox.couldHave(position);
  }

  /** Takes a record to send, if the outbox has room or took it in a session that was lost. */
  push(record: Outgoing, wasTaken?: boolean): boolean {
    return this.outbox.push(record, wasTaken);
  }

  /**
   * Goes on over a new link, whose peer has everything up to `position`: tells whose records those were.
   * `undefined`: a position that it cannot have; the session is lost.
   */
  attach(position: number, { window, maxMessageBytes }: PeerLimits): readonly Ticket[] | undefined {
    const tickets = this.outbox.attach(position, window);
    if (!tickets) return undefined;
    this.#frameBytes = Math.min(this.#maxFrameBytes, maxMessageBytes);
    this.inbox.detach();
    // The handshake has told our position.
    this.#tell();
    return tickets;
  }

  /** The link is lost. What waited in the inbox will come again. */
  detach(): void {
    this.#frameBytes = undefined;
    this.inbox.detach();
  }

  /** Records arrived, each of about so many bytes. */
  receive(offset: number, records: readonly Record[], bytesEach: number): Violation | undefined {
    if (!isWhole(offset) || !offset || !records.length) return impossible;
    const arrival = this.inbox.receive(offset, records, bytesEach);
    if (arrival === "flood") return impossible;
    if (arrival === "repeated") this.#mustTell = true;
    if (arrival !== "gap") return undefined;
    if (this.#gapAt !== this.inbox.position) this.#gaps = 0;
    this.#gapAt = this.inbox.position;
    const code = this.#gaps++ < maxGaps ? closeCodes.gap : closeCodes.stateLost;
    return { code, reason: "records are missing" };
  }

  /** An ack arrived: tells whose records the peer has. `undefined`: it cannot have them. */
  acknowledge(offset: number, windowBytes?: number): readonly Ticket[] | undefined {
    return this.outbox.acknowledge(offset, windowBytes);
  }

  /** Hands the next record over. The position has moved when this returns. */
  take(): Record | undefined {
    return this.inbox.take();
  }

  /**
   * The next thing to write, if there is any. An ack travels with records; `tellsNow` has it written without any too.
   */
  next(tellsNow: boolean): Writing | undefined {
    if (this.#frameBytes === undefined) return undefined;
    const batch = this.outbox.take(this.#frameBytes);
    const owes = this.#mustTell || this.inbox.position > this.#told;
    if (!batch && !(owes && tellsNow)) return undefined;
    if (owes) this.#tell();
    return { batch, ack: owes ? this.#told : undefined };
  }

  /** Gives away what was not acknowledged, each with its offset if it was ever written: the session is lost. */
  empty(): readonly Kept[] {
    return this.outbox.empty();
  }

  /** Has the position told with the next frame, whether the peer knows it or not. */
  mustTell(): void {
    this.#mustTell = true;
  }

  #tell(): void {
    this.#told = this.inbox.position;
    this.#toldBytes = this.inbox.handedBytes;
    this.#mustTell = false;
  }
}
