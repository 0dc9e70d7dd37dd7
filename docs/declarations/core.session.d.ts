/// <reference lib="esnext.disposable" />
import { n as after, r as never, t as Instant } from "./instant.js";
import { C as Welcome, S as Hello, _ as frameOverheadBytes, a as Answered, b as Frame, c as isLast, d as Violation, f as Aftermath, g as Ticket, h as Outgoing, i as violated, l as PeerLimits, m as Kept, n as EndLimits, p as settleLost, r as Heard, t as End, u as Remains, v as nobody, w as WireRecord, x as Greeting, y as CommonFrame } from "./end.js";
/** What a client bears, and says so in `hello`. */
interface ClientLimits extends EndLimits {
  readonly maxMessageBytes: number;
}
/** What another page needs to go on with a session. PROTOCOL.md section 6.6. */
interface Stored {
  readonly key: NonNullable<Hello["session"]>;
  readonly attempt: number;
  readonly remains: Remains;
}
/** What a message says to who uses the engine. */
type ClientHeard = Heard | {
  readonly type: "greeted";
  readonly outcome: "opened" | "resumed";
  readonly tickets: readonly Ticket[];
  /** What waited and is larger than this server takes; it is withdrawn. */
  readonly tooLarge: readonly Outgoing[];
} | {
  readonly type: "lost";
  readonly reason: string;
  readonly aftermath: Aftermath;
} | {
  readonly type: "credential";
} | {
  readonly type: "drain";
  readonly withinMs: number;
  readonly url?: string | undefined;
};
/** The client's end: a session over one link after another. Pure. PROTOCOL.md section 6. */
declare class ClientEngine {
  #private;
  constructor(limits: ClientLimits, stored?: Stored);
  /** The end of the session that is now. */
  get end(): End;
  /** What the server said last, if the session was welcomed by it: to us, and not only to a page that is gone. */
  get terms(): Welcome | undefined;
  /** The session's id, once there is one. */
  get sessionId(): string | undefined;
  /** For another page to go on with; `undefined` when there is no session. */
  get stored(): Stored | undefined;
  /**
   * The first message on a new link. The attempt is the time, if that goes forward: a page that is gone, or was closed before it was
   * welcomed, may have made some that its next one knows nothing of.
   */
  hello(credential: unknown, epochMs: number): string;
  /** The link is lost; the session is not. */
  detach(): void;
  /** A message arrived on the newest link. */
  receive(text: string, now: Instant): ClientHeard;
  /** The session is over on this side; what it leaves. */
  reset(): readonly Kept[];
}
declare namespace close_codes_d_exports {
  export { credentialExpired, drain, forbidden, gap, heartbeat, internal, noHello, overflow, protocol, rateLimited, refused, replaced, sessionExpired, stateLost, tooLarge, version };
}
declare const protocol = 4e3;
declare const refused = 4001;
declare const forbidden = 4003;
declare const version = 4006;
declare const replaced = 4009;
declare const tooLarge = 4013;
declare const credentialExpired = 4101;
declare const drain = 4200;
declare const heartbeat = 4201;
declare const gap = 4202;
declare const internal = 4203;
declare const rateLimited = 4208;
declare const noHello = 4210;
declare const sessionExpired = 4300;
declare const overflow = 4301;
declare const stateLost = 4302;
/** The subprotocol of version 1. PROTOCOL.md section 2. */
declare const subprotocol = "holdfast.1";
/** A message that is no frame: why, for the log. A peer that misbehaves is normal, not exceptional. */
interface Malformed {
  readonly malformed: string;
}
/** What a text message says, except for a greeting. The only place that parses. PROTOCOL.md sections 2 to 4. */
declare function decode(text: string, shapes?: Shapes): Frame | Malformed;
/** What stands behind each name. */
type Shapes = Readonly<Record<string, readonly string[]>>;
/** What a text message says before a client was welcomed. Apart, for a client never reads it. PROTOCOL.md section 3. */
declare function decodeHello(text: string): Greeting | Frame | Malformed;
/**
 * A frame, or a record as it stands in frames: made once, and kept as text for replay and fan-out. Absent values are left out at the
 * end. Pings and pongs are their own text.
 */
declare function encode(tuple: Exclude<Frame, readonly ["ping" | "pong"]> | Greeting | WireRecord): string;
/** A frame of records whose texts are joined, not made again. PROTOCOL.md section 5.7. */
declare function encodeData(offset: number, texts: readonly string[], ack: number | undefined): string;
export { type Aftermath, type Answered, ClientEngine, type ClientHeard, type ClientLimits, type CommonFrame, End, type EndLimits, type Frame, type Greeting, type Heard, type Hello, type Instant, type Kept, type Malformed, type Outgoing, type PeerLimits, type Remains, type Stored, type Ticket, type Violation, type Welcome, type WireRecord, after, close_codes_d_exports as closeCodes, decode, decodeHello, encode, encodeData, frameOverheadBytes, isLast, never, nobody, settleLost, subprotocol, violated };
