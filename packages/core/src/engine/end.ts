import { type Answered, isAnswer, isLast } from "../protocol/direction.ts";
import { encode, encodeData } from "../protocol/encode.ts";
import { after, type Instant, never } from "../protocol/instant.ts";
import type { CommonFrame, WireRecord } from "../protocol/shapes.ts";
import { frameOverheadBytes, type Kept, nobody, type Outgoing, type Ticket } from "../session/outbox.ts";
import { type Remains, Session, type SessionLimits } from "../session/session.ts";
import { Asks } from "./asks.ts";
import { Duties, type DutyLimits } from "./duties.ts";
import { type Heard, nothing, violated } from "./heard.ts";

/** What one end bears. */
export interface EndLimits extends SessionLimits, DutyLimits {
  /** How long an ack waits for records to travel with. */
  readonly ackDelayMs: number;
}

/** So many asks may be refused whose refusals wait for room. */
const maxRefused = 4_096;

/** An answer that waits for room. */
export interface Late extends Outgoing {
  /** Whose last answer it is, if it is one; or `refused`. */
  readonly settles: number;
}
/** Answers what was refused at once, and settles nothing. */
const refused = -1;
const longAgo = -Infinity as Instant;
/** `["end",1]`: no record is shorter. */
const leastRecordBytes = 9;
/** An ack is due after so many records. */
const ackRecords = 128;
/** Bytes are counted as characters here, of which one is three bytes at most: a sixth is half a window in the worst case. */
const ackShare = 6;

/** One end of a session with everything that is open on it: what client and server have in common. PROTOCOL.md sections 4 and 5. */
export class End extends Session<WireRecord> {
  readonly #limits: EndLimits;
  #asks: Asks | undefined;
  #duties: Duties | undefined;
  /** Answers for which the outbox has no room yet: large ones are no more than there are duties. */
  protected late: Late[] = [];
  #ackAt: Instant = never;
  #isViolated = false;

  constructor(limits: EndLimits) {
    super(limits);
    this.#limits = limits;
  }

  // Made when there is one: of many sessions most are idle, and a Map weighs a quarter of a kilobyte.
  protected get asks(): Asks {
    return (this.#asks ??= new Asks());
  }

  protected get duties(): Duties {
    return (this.#duties ??= new Duties(this.#limits));
  }

  /** When an ack has waited long enough. */
  get ackAt(): Instant {
    return this.#ackAt;
  }

  /** The peer used an id twice, or sent what nobody asked for: found while handing over. */
  get isViolated(): boolean {
    return this.#isViolated;
  }

  /** Whether a volatile record would not overtake anything, and the peer could have it now. */
  get isIdle(): boolean {
    return this.outbox.isWritten;
  }

  /** Takes a record to send; false when the outbox is full. `credit`: items that a stream may bring at first. `wasTaken`: in a session that was lost. */
  send(record: Outgoing, credit = 0, wasTaken?: boolean): boolean {
    if ((this.late.length && !wasTaken) || !this.push(record, wasTaken)) return false;
    if (record.kind === "call" || record.kind === "stream") this.asks.add(record, credit);
    return true;
  }

  /** Takes back what was never written and makes a frame that is larger than the peer takes. */
  withdrawLarger(maxMessageBytes: number): readonly Outgoing[] {
    const withdrawn = this.outbox.withdraw(({ bytes }) => bytes > maxMessageBytes - frameOverheadBytes);
    for (const { ticket } of withdrawn) this.asks.delete(ticket);
    return withdrawn;
  }

  /** Nobody waits for the fate of this record any more. Whether it was never written, and never will be. `isAsked`: who was asked hears of it, if it was. */
  cancel(id: Ticket, isAsked: boolean = this.asks.delete(id)): boolean {
    if (this.outbox.withdraw(({ ticket }) => ticket === id, id).length) return true;
    if (isAsked) this.#post(encode(["cancel", id]));
    return false;
  }

  /** Takes `items` more of a stream that we opened. */
  credit(id: Ticket, items: number): void {
    this.asks.credit(id, items);
    this.#post(encode(["credit", id, items]));
  }

  /** Whether a stream of the peer's may bring an item: it was asked for, and there is room. */
  mayBring(id: number): boolean {
    return !this.late.length && this.duties.mayBring(id);
  }

  /** An answer to the peer's ask, if it is still owed. `bytes` of UTF-8. */
  answer(id: number, text: string, bytes: number, kind: Answered[0]): void {
    if (this.duties.answer(id, kind)) this.#post(text, isLast(kind) ? id : nobody, bytes);
  }

  /** Goes on with what another page left. What that page asked is wanted by nobody: taken back, or cancelled. PROTOCOL.md section 6.6. */
  override restore(remains: Remains): void {
    super.restore(remains);
    for (const { record } of remains.kept) {
      if (record.kind === "call" || record.kind === "stream") this.cancel(record.ticket, true);
    }
  }

  /** The link is lost. */
  override detach(): void {
    this.#ackAt = never;
    super.detach();
  }

  /** The next frame tells our position, even if it is nothing new. */
  tell(now: Instant): void {
    this.mustTell();
    this.#ackAt = now;
  }

  /** A frame that both ends may send arrived, of so many characters. */
  hear(frame: CommonFrame, characters: number, now: Instant): Heard {
    switch (frame[0]) {
      case "data": {
        const [, offset, records, ack] = frame;
        // Of a frame that cannot be, nothing counts: the next handshake tells what the ack would have told.
        // As the sender counts: without what a frame is besides, or who says little at a time seems to send too much.
        const each = (characters - frameOverheadBytes) / records.length;
        const violation = this.receive(offset, records, Math.max(each, leastRecordBytes));
        if (violation) return { type: "broken", ...violation };
        if (this.#ackAt === never) this.#ackAt = after(now, this.#limits.ackDelayMs);
        return ack === undefined ? nothing : this.#acknowledge(ack);
      }
      case "ack":
        return this.#acknowledge(frame[1], frame[2]);
      case "volatile":
        return { type: "volatile", records: frame[1] };
      case "ping":
        return { type: "reply", text: "pong" };
      case "pong":
        return nothing;
    }
  }

  /** The next record for who uses this end. Its position has moved when this returns. */
  handOver(): WireRecord | undefined {
    for (let record; !this.#isViolated && (record = this.take());) {
      // Handed over late: the ack has waited long enough.
      if (this.#ackAt === never) this.#ackAt = longAgo;
      if (this.#concerns(record)) return record;
    }
    return undefined;
  }

  /** The next frame to write, if there is one. */
  write(now: Instant): string | undefined {
    this.#catchUp();
    const isDue = now >= this.#ackAt || this.hasTaken(ackRecords, this.#limits.windowBytes / ackShare);
    const writing = this.next(isDue);
    if (isDue || writing?.ack !== undefined) this.#ackAt = never;
    if (!writing) return undefined;
    const { batch, ack } = writing;
    if (!batch) return `["ack",${ack}]`;
    return encodeData(
      batch.offset,
      batch.records.map(({ text }) => text),
      ack,
    );
  }

  /** The session is lost: what it leaves, in the order of sending. */
  override empty(): readonly Kept[] {
    this.late = [];
    return this.asks.leave(super.empty());
  }

  /** Whether a record is for who uses this end. What is owed by us is noted, what is owed to us is checked. */
  #concerns(record: WireRecord): boolean {
    if (isAnswer(record)) return this.#note(this.asks.hear(record[0], record[1]));
    switch (record[0]) {
      case "event":
        return true;
      case "call":
        return this.#owe(record[1]);
      case "open":
        return this.#owe(record[1], record[3].credit);
      case "credit":
        return this.duties.credit(record[1], record[2]);
      case "cancel":
        return this.duties.cancel(record[1]);
    }
  }

  #owe(id: number, credit?: number): boolean {
    const answer = this.duties.add(id, credit);
    if (answer === "busy") {
      this.#post(encode(["error", id, { code: "BUSY", message: "too many open" }]), refused);
      // Whoever asks on and on and lets no answer through is answered no more. The rest that waits is bounded by what is open, or ours.
      if (this.late.filter((late) => late.settles < 0)[maxRefused]) this.#isViolated = true;
    }
    return this.#note(answer);
  }

  #note(answer: boolean | "busy" | "violated"): boolean {
    if (answer === "violated") this.#isViolated = true;
    return answer === true;
  }

  #acknowledge(offset: number, windowBytes?: number): Heard {
    const tickets = this.acknowledge(offset, windowBytes);
    return tickets ? { type: "acked", tickets } : violated;
  }

  /** What speaks of an ask is never refused: it waits for room. */
  #post(text: string, settles: number = nobody, bytes: number = text.length): void {
    this.late.push({ ticket: nobody, text, bytes, kind: "answer", idempotent: false, settles });
    this.#catchUp();
  }

  #catchUp(): void {
    let done = 0;
    for (const late of this.late) {
      if (!this.push(late)) break;
      this.duties.release(late.settles);
      done++;
    }
    if (done) this.late.splice(0, done);
  }
}
