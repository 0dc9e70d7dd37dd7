/// <reference lib="esnext.disposable" />
import { t as Instant } from "./instant.js";
/** The wire as one table: what stands behind a frame's or record's name. `?` may be absent, at the end only. */
declare const recordShapes: {
  readonly event: readonly ["name", "value?"];
  readonly call: readonly ["positive", "name", "value?"];
  readonly result: readonly ["positive", "value?"];
  readonly error: readonly ["positive", "problem"];
  readonly open: readonly ["positive", "name", "opening", "value?"];
  readonly item: readonly ["positive", "value?"];
  readonly end: readonly ["positive"];
  readonly gap: readonly ["positive"];
  readonly credit: readonly ["positive", "positive"];
  readonly cancel: readonly ["positive"];
};
/** PROTOCOL.md section 3. What a client says first is no part of it: only a server reads that. */
declare const frameShapes: {
  readonly welcome: readonly ["welcome"];
  readonly data: readonly ["positive", "records", "whole?"];
  readonly volatile: readonly ["events"];
  readonly ack: readonly ["whole", "whole?"];
  readonly auth: readonly ["value?"];
  readonly authenticated: readonly ["expiry"];
  readonly drain: readonly ["leave"];
};
/** What a client says first. PROTOCOL.md section 3. */
interface Hello {
  readonly version: number;
  readonly session?: Welcome["session"] | undefined;
  readonly attempt: number;
  readonly received?: number | undefined;
  readonly restarted?: boolean | undefined;
  readonly window: number;
  readonly maxMessageBytes: number;
  readonly credential?: unknown;
  readonly contract?: string;
}
/** What a server answers. PROTOCOL.md section 3. */
interface Welcome {
  /** `identity` names whose it is, to nobody but them. */
  readonly session: {
    readonly id: string;
    readonly token: string;
    readonly identity?: string;
  };
  readonly generation: number;
  readonly outcome: "opened" | "resumed" | "lost";
  readonly received?: number;
  readonly reason?: string;
  readonly window: number;
  readonly heartbeat: {
    readonly intervalMs: number;
    readonly timeoutMs: number;
  };
  readonly resumeWithinMs: number;
  readonly maxMessageBytes: number;
}
/** What each word in the shapes stands for. */
interface Fields {
  name: string;
  /** An id, an offset, a number of items. */
  positive: number;
  /** The same, or 0. */
  whole: number;
  value: unknown;
  problem: {
    readonly code: string;
    readonly message: string;
    readonly data?: unknown;
  };
  opening: {
    readonly credit: number;
    readonly since?: string | number | undefined;
  };
  records: readonly WireRecord[];
  events: readonly WireRecord[];
  welcome: Welcome;
  expiry: {
    readonly expiresInMs?: number;
  };
  leave: {
    readonly withinMs: number;
    readonly url?: string;
  };
}
type Tuple<Shape> = Shape extends readonly [infer Field, ...infer Rest] ? Field extends `${infer Name extends keyof Fields}?` ? [Fields[Name]?, ...Tuple<Rest>] : Field extends keyof Fields ? [Fields[Field], ...Tuple<Rest>] : never : [];
type Union<Shapes> = { [Name in keyof Shapes]: readonly [Name, ...Tuple<Shapes[Name]>]; }[keyof Shapes];
/** One thing that an application says. PROTOCOL.md section 4. */
type WireRecord = Union<typeof recordShapes>;
/** The first message of a link. PROTOCOL.md section 3. */
type Greeting = readonly ["hello", Hello];
/** Any other message of a link. PROTOCOL.md section 3. */
type Frame = Union<typeof frameShapes> | readonly ["ping"] | readonly ["pong"];
/** What only one of the ends may send. */
type OwnFrame = readonly ["welcome" | "auth" | "authenticated" | "drain", ...unknown[]];
/** What either end may send. */
type CommonFrame = Exclude<Frame, OwnFrame>;
/**
 * Names a record for whoever waits for it. Chosen by the caller, and kept when offsets are counted anew.
 * The id of a call or stream on the wire is its ticket.
 */
type Ticket = number & {
  readonly brand: "Ticket";
};
/** The ticket of a record that nobody waits for. */
declare const nobody: Ticket;
/** A record on its way out. What it says is opaque here. */
interface Outgoing {
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
interface Kept {
  readonly record: Outgoing;
  /** `undefined`: never written. */
  readonly offset: number | undefined;
}
/** Records that go out together. */
interface Batch {
  /** Of the first. */
  readonly offset: number;
  readonly records: readonly Outgoing[];
}
/** What a frame is besides its records: its name, an offset and an ack of 16 digits each, brackets. */
declare const frameOverheadBytes = 46;
/**
 * What was sent and is not acknowledged, and behind it what was not written yet; oldest first, bounded in bytes.
 * It exists from the start of the session, not from the loss of a link, so a link that only looked alive costs nothing.
 *
 * An offset is given at the first write and never changes: what was ever written is written again under the same one.
 */
declare class Outbox {
  #private;
  constructor(maxBytes: number);
  /** Everything that waits or is in flight. Above the bound only while what a lost session left is sent again. */
  get bytes(): number;
  /** The peer has everything up to here. */
  get acked(): number;
  /** Goes on where another life of this outbox stopped: what was written there may have arrived. */
  restore(acked: number, kept: readonly Kept[]): void;
  /** Takes one more, if it fits; one that was taken before fits in any case. */
  push(record: Outgoing, wasTaken?: boolean): boolean;
  /** Takes back what was never written and `isUnwanted`. Nobody looks behind the ticket `last`: they are in order. */
  withdraw(isUnwanted: (record: Outgoing) => boolean, last?: number): readonly Outgoing[];
  /**
   * The peer has everything up to `offset`: whose records those were. `undefined`: it cannot have that. A lower one than before says nothing new.
   * From now on it takes `windowBytes`: a smaller window stops new writes and takes nothing back.
   */
  acknowledge(offset: number, windowBytes?: number): readonly Ticket[] | undefined;
  /** Whether a peer can have everything up to `position` and no more. */
  couldHave(position: number): boolean;
  /** A new link, whose peer has everything up to `position` and takes `windowBytes` more. `undefined`: it cannot have that position, or what it lacks was given away. */
  attach(position: number, windowBytes: number): readonly Ticket[] | undefined;
  /**
   * What may be written now: as much as the window takes, and at most our share of `maxFrameBytes` unless one record is larger.
   * With nothing in flight one record may go that is larger than the window.
   */
  take(maxFrameBytes: number): Batch | undefined;
  /** Whether everything that was sent is on its way. */
  get isWritten(): boolean;
  /** What waits to be known as received: each with its offset if it was ever written. */
  get kept(): readonly Kept[];
  /** Gives everything away, with the offsets of what was ever written: the session is lost, or nobody can take so much. */
  empty(): readonly Kept[];
}
/** What becomes of each record of a lost session. */
interface Aftermath {
  /** The peer had it, and nothing more was expected. */
  readonly delivered: readonly Kept[];
  /** Goes out in the new session, in this order; without an offset what never arrived. A stream is opened from its cursor, if it has one. */
  readonly again: readonly Kept[];
  /** Fails: it may have been handed over, or was, and its answer is gone. */
  readonly inDoubt: readonly Kept[];
}
/**
 * Settles a lost session, whose peer had handed over everything up to `received`, or cannot tell (`undefined`).
 * `kept` is in the order of sending: asks that were acknowledged and not answered (offset 0), and unacknowledged records.
 * What speaks of an ask ends with its session: the other end has settled it as well. PROTOCOL.md section 6.1.
 */
declare function settleLost(kept: readonly Kept[], received: number | undefined): Aftermath;
/** What the inbox says of records that arrived. */
type Arrival = "accepted" | "repeated" | "gap" | "flood";
/**
 * What arrived and was not handed over. Positions are explicit: a record is known by its offset, not by when it came.
 *
 * `position` moves when a record is handed over, just before its handler starts, so a handler that breaks the link causes no
 * second delivery. What waits is dropped with the link: the peer still has it.
 */
declare class Inbox<Record> {
  #private;
  /** Records of a frame are counted by their mean, so one that was taken in part may count for a window more than it is. */
  constructor(windowBytes: number);
  /** The offset of the last record that was handed over. */
  get position(): number;
  /** Bytes ever handed over. */
  get handedBytes(): number;
  /** Takes what is new of `records`, the first of which has `offset`; each counts `bytesEach`. */
  receive(offset: number, records: readonly Record[], bytesEach: number): Arrival;
  /** The next record. */
  peek(): Record | undefined;
  /** Hands the next record over; the position moves first. */
  take(): Record | undefined;
  /** The link is lost: what waits will come again. */
  detach(): void;
  /** Goes on where another life of this session stopped. */
  restore(position: number): void;
}
/** What both ends of a session agreed to bear. */
interface SessionLimits {
  /** Bound of what is sent and not acknowledged. */
  readonly outboxBytes: number;
  /** What the peer may send before it hears an ack. */
  readonly windowBytes: number;
  /** A frame is no larger, names and commas included, unless one record is. */
  readonly frameBytes: number;
}
/** What the peer takes. */
interface PeerLimits {
  /** Bytes of records that may be on their way. */
  readonly window: number;
  /** The largest frame. */
  readonly maxMessageBytes: number;
}
/** What to write: records, and with them or alone how far we are. */
interface Writing {
  readonly batch: Batch | undefined;
  readonly ack: number | undefined;
}
/** Why a link has to go, for the peer: it broke the protocol, lost its place, or lost it again and again without getting on. */
interface Violation {
  readonly code: number;
  readonly reason: string;
}
/** What is kept of a session beyond the life of a program. */
interface Remains {
  readonly position: number;
  readonly acked: number;
  readonly kept: readonly Kept[];
}
/**
 * One end of a session: every record once, in order, across any number of links. The same class on both ends.
 *
 * Records are opaque. It does nothing by itself: what arrives goes in, what is to be written and handed over is taken out.
 */
declare class Session<Record> {
  #private;
  protected readonly outbox: Outbox;
  protected readonly inbox: Inbox<Record>;
  constructor({ outboxBytes, windowBytes, frameBytes }: SessionLimits);
  /** Offset of the last record handed over: what `hello` and `welcome` tell. */
  get position(): number;
  /** Bytes that are sent and not acknowledged. */
  get bufferedBytes(): number;
  /** Whether we took so many records or bytes since the peer was told. */
  hasTaken(records: number, bytes: number): boolean;
  /** What would go on in another life of this session. */
  get remains(): Remains;
  /** Goes on where another life of this session stopped. Before anything else. */
  restore({ position, acked, kept }: Remains): void;
  /** Whether the peer can have everything up to `position` and no more. */
  couldHave(position: number): boolean;
  /** Takes a record to send, if the outbox has room or took it in a session that was lost. */
  push(record: Outgoing, wasTaken?: boolean): boolean;
  /**
   * Goes on over a new link, whose peer has everything up to `position`: tells whose records those were.
   * `undefined`: a position that it cannot have; the session is lost.
   */
  attach(position: number, { window, maxMessageBytes }: PeerLimits): readonly Ticket[] | undefined;
  /** The link is lost. What waited in the inbox will come again. */
  detach(): void;
  /** Records arrived, each of about so many bytes. */
  receive(offset: number, records: readonly Record[], bytesEach: number): Violation | undefined;
  /** An ack arrived: tells whose records the peer has. `undefined`: it cannot have them. */
  acknowledge(offset: number, windowBytes?: number): readonly Ticket[] | undefined;
  /** Hands the next record over. The position has moved when this returns. */
  take(): Record | undefined;
  /**
   * The next thing to write, if there is any. An ack travels with records; `tellsNow` has it written without any too.
   */
  next(tellsNow: boolean): Writing | undefined;
  /** Gives away what was not acknowledged, each with its offset if it was ever written: the session is lost. */
  empty(): readonly Kept[];
  /** Has the position told with the next frame, whether the peer knows it or not. */
  mustTell(): void;
}
/** What an application is asked or told, and what the asker says of it later: for who answers. */
type Asked = WireRecord & readonly ["event" | "call" | "open" | "credit" | "cancel", ...unknown[]];
/** What is answered: for who asked. */
type Answered = WireRecord & readonly ["result" | "error" | "item" | "end" | "gap", ...unknown[]];
/** Whether nothing is answered after it. */
declare function isLast(kind: Answered[0]): boolean;
/** Whom a record that was handed over is for. */
declare function isAnswer(record: WireRecord): record is Answered;
/** What we asked and is not answered. Kept beyond its ack: that a call arrived is not its answer. */
declare class Asks {
  #private;
  /** A call, or a stream that may bring `credit` items. */
  add(record: Outgoing, credit: number): void;
  /** Nobody waits any more. */
  delete(id: Ticket): boolean;
  /** A stream may bring so many items more. */
  credit(id: Ticket, items: number): void;
  /** An answer arrived: whether somebody waits for it, or it is none of this ask. PROTOCOL.md section 4.1. */
  hear(kind: "result" | "error" | "item" | "end" | "gap", id: number): boolean | "violated";
  /**
   * What a lost session leaves: of `unacknowledged` what still waits for something, and before it what was acknowledged
   * and not answered. In the order of sending.
   */
  leave(unacknowledged: readonly Kept[]): readonly Kept[];
}
/** What the peer asked of us and we have not settled. */
interface Duty {
  /** Items that may be sent; `undefined`: a call. */
  credit: number | undefined;
  /** It was cancelled, or its last answer is said: nothing more is answered. */
  isOver: boolean;
}
/** How much a peer may ask of us at a time. */
interface DutyLimits {
  readonly callsInFlight: number;
  readonly streams: number;
}
/** The peer's calls and streams. A slot is held until its handler has settled, cancelled or not, and its answer has found room. PROTOCOL.md section 4. */
declare class Duties {
  #private;
  /** By id. */
  readonly open: Map<number, Duty>;
  /** How many of them are streams. */
  streams: number;
  constructor(limits: DutyLimits);
  /** A call, or a stream with a credit: whether there is a slot for it. */
  add(id: number, credit?: number): true | "busy" | "violated";
  /** The peer takes more items. Whether that concerns anybody. */
  credit(id: number, items: number): boolean;
  /** The peer wants no answer any more. Whether that concerns anybody. */
  cancel(id: number): boolean;
  /** Whether one item more may be sent. */
  mayBring(id: number): boolean;
  /** Something is said about it: whether it is owed. An item costs credit. */
  answer(id: number, kind: Answered[0]): boolean;
  /** Its slot is free. */
  release(id: number): void;
}
/** What a frame says to who uses an end. */
type Heard = {
  readonly type: "nothing";
} | {
  readonly type: "acked";
  readonly tickets: readonly Ticket[];
} | {
  readonly type: "volatile";
  readonly records: readonly WireRecord[];
} | {
  readonly type: "reply";
  readonly text: string;
} | ({
  readonly type: "broken";
} & Violation);
/** The peer said what it cannot say. */
declare const violated: Heard;
/** What one end bears. */
interface EndLimits extends SessionLimits, DutyLimits {
  /** How long an ack waits for records to travel with. */
  readonly ackDelayMs: number;
}
/** An answer that waits for room. */
interface Late extends Outgoing {
  /** Whose last answer it is, if it is one; or `refused`. */
  readonly settles: number;
}
/** One end of a session with everything that is open on it: what client and server have in common. PROTOCOL.md sections 4 and 5. */
declare class End extends Session<WireRecord> {
  #private;
  /** Answers for which the outbox has no room yet: large ones are no more than there are duties. */
  protected late: Late[];
  constructor(limits: EndLimits);
  protected get asks(): Asks;
  protected get duties(): Duties;
  /** When an ack has waited long enough. */
  get ackAt(): Instant;
  /** The peer used an id twice, or sent what nobody asked for: found while handing over. */
  get isViolated(): boolean;
  /** Whether a volatile record would not overtake anything, and the peer could have it now. */
  get isIdle(): boolean;
  /** Takes a record to send; false when the outbox is full. `credit`: items that a stream may bring at first. `wasTaken`: in a session that was lost. */
  send(record: Outgoing, credit?: number, wasTaken?: boolean): boolean;
  /** Takes back what was never written and makes a frame that is larger than the peer takes. */
  withdrawLarger(maxMessageBytes: number): readonly Outgoing[];
  /** Nobody waits for the fate of this record any more. Whether it was never written, and never will be. `isAsked`: who was asked hears of it, if it was. */
  cancel(id: Ticket, isAsked?: boolean): boolean;
  /** Takes `items` more of a stream that we opened. */
  credit(id: Ticket, items: number): void;
  /** Whether a stream of the peer's may bring an item: it was asked for, and there is room. */
  mayBring(id: number): boolean;
  /** An answer to the peer's ask, if it is still owed. `bytes` of UTF-8. */
  answer(id: number, text: string, bytes: number, kind: Answered[0]): void;
  /** Goes on with what another page left. What that page asked is wanted by nobody: taken back, or cancelled. PROTOCOL.md section 6.6. */
  override restore(remains: Remains): void;
  /** The link is lost. */
  override detach(): void;
  /** The next frame tells our position, even if it is nothing new. */
  tell(now: Instant): void;
  /** A frame that both ends may send arrived, of so many characters. */
  hear(frame: CommonFrame, characters: number, now: Instant): Heard;
  /** The next record for who uses this end. Its position has moved when this returns. */
  handOver(): WireRecord | undefined;
  /** The next frame to write, if there is one. */
  write(now: Instant): string | undefined;
  /** The session is lost: what it leaves, in the order of sending. */
  override empty(): readonly Kept[];
}
export { Welcome as C, Hello as S, frameOverheadBytes as _, Answered as a, Frame as b, isLast as c, Violation as d, Aftermath as f, Ticket as g, Outgoing as h, violated as i, PeerLimits as l, Kept as m, EndLimits as n, Asked as o, settleLost as p, Heard as r, isAnswer as s, End as t, Remains as u, nobody as v, WireRecord as w, Greeting as x, CommonFrame as y };
