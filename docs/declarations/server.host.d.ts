/// <reference lib="esnext.disposable" />
import { a as DrainOptions, c as Handlers, d as Server, f as ServerEvents, g as Welcomed, h as Visitor, i as AuthenticateResult, l as Identity, m as Session, n as AskingServerOptions, o as Handler, p as ServerOptions, r as Audience, s as HandlerContext, t as Anonymous, u as LimitOptions } from "./options.js";
import { AnyHandler, Asking, Clock, Close, Contract, Emitter, Entries, InvalidRecord, Link, LinkListener, NextRound, Report, Said } from "@holdfast/core/exchange";
import { Aftermath, End, EndLimits, Frame, Heard, Hello, Instant, Kept, Outgoing, WireRecord, closeCodes } from "@holdfast/core/session";
/** Where names and proofs of sessions come from. PROTOCOL.md section 6.3. */
interface Secrets {
  /** A session id that was never used. */
  id(): string;
  /** 256 random bits, as text. */
  token(): string;
  /** What is kept of a token. MUST NOT be reversible. */
  hash(token: string): string;
}
/**
 * One accepted socket. As {@link Link}, but takes messages together, and tells what its peer gives as signs of life:
 *
 * - `sendAll` MUST send them in this order; it SHOULD take one system call for all. On a socket that is closing it sends nothing.
 * - `drainedBytes` MUST count what left the send buffer, `readBytes` what came, also parts of a message; both never fall.
 */
interface ServerLink extends Omit<Link, "isWritable" | "send"> {
  sendAll(texts: readonly string[]): void;
  readonly drainedBytes: number;
  readonly readBytes: number;
}
/** When to ask a peer for a sign of life, and how long to wait for it. */
interface Heartbeat {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}
/** What a server's end bears. */
interface ServerEndLimits extends EndLimits {
  /** Handlers of events that run at a time; above that, handing over stops. */
  readonly handlersInFlight: number;
}
/** What asks, by the names of the protocol. */
type AskKind = "call" | "open";
/** An end whose peer may be another page than before, PROTOCOL.md section 6.6, and may say more than its handlers can keep up with. */
declare class ServerEnd extends End {
  #private;
  /** Handlers of events that have begun and are not through: who runs them counts. */
  running: number;
  /** Whether a call for which there is no slot waits for one, and what is behind it too, instead of being refused. */
  isPatient: boolean;
  /** What was refused last for want of a slot, until somebody has looked. */
  refused: AskKind | undefined;
  constructor(limits: ServerEndLimits);
  /** As many handlers of events run as may. */
  get isBusy(): boolean;
  /** The next record to be handed over. */
  peek(): WireRecord | undefined;
  override take(): WireRecord | undefined;
  /** Whether a call waits for a slot. */
  get isCrowded(): boolean;
  /** Bytes of answers that wait for room. */
  get lateBytes(): number;
  /** From now on no record is larger. What waits and is withdrawn for that; an answer that waits for room is replaced when it finds some. */
  limit(maxRecordBytes: number): readonly Outgoing[];
  /** Whether what was written before is larger than may be written again. */
  get isTooLarge(): boolean;
  override push(record: Outgoing, wasTaken?: boolean): boolean;
  /** Whether the client waits for the answer to a call. */
  get isAnswering(): boolean;
  /** Whether all that arrived was handed over, and all that was said is on its way. */
  get isThrough(): boolean;
  /** Who was asked is gone, and the session is not: what nobody will answer. */
  abandon(): readonly Kept[];
  /** Who asked is gone, and the session is not: nothing is answered any more. */
  dismiss(): void;
  /** How many more of the client's calls may be open, or of its streams. */
  slotsLeft(kind: AskKind): number;
}
/** What one server bears, all sessions together and each for itself. */
interface ServerLimits extends ServerEndLimits {
  readonly maxMessageBytes: number;
  /** Bound of all outboxes together; above it the one that holds most is dropped. */
  readonly outboxTotalBytes: number;
  /** All that are not over; above it the one that has waited longest for its client ends. */
  readonly sessions: number;
  /** Sessions of one identity; above it the oldest without a link ends. */
  readonly sessionsPerIdentity: number;
  /** Dead sessions whose end is remembered. */
  readonly tombstones: number;
  /** How long a session outlives its link. */
  readonly resumeWithinMs: number;
  readonly heartbeat: Heartbeat;
}
/** A link as the engine names it. Never used twice. */
type LinkId = number;
/** Where a session is: on a link, waiting for one, or over. */
type Standing = {
  readonly phase: "attached";
  readonly linkId: LinkId;
} | {
  readonly phase: "parked";
  readonly since: Instant;
  readonly expiresAt: Instant;
} | {
  readonly phase: "dead";
  readonly reason: string;
};
/** One session as a server keeps it. */
declare class ServerSession {
  #private;
  readonly id: string;
  readonly identityId: string;
  readonly end: ServerEnd;
  standing: Standing;
  /** How often it was attached. */
  generation: number;
  /** The client's dial that was attached last. */
  attempt: number;
  /** Whether a frame came after `welcome`, so that the client has its token. */
  isConfirmed: boolean;
  /** What the server knows its outbox, and the answers that wait for room in it, to hold. */
  weighedBytes: number;
  /** Where it stands among those that hold something. */
  weightsIndex: number | undefined;
  /** Its outbox was given away: the next resume is `lost`. */
  isOverflowed: boolean;
  constructor(id: string, identityId: string, limits: ServerLimits);
  /** The hashes that prove ownership. */
  get tokenHashes(): readonly string[];
  /** Whether a token's hash proves ownership. */
  accepts(tokenHash: string): boolean;
  /** A new token goes out; the one that was presented stays good until it is known to have arrived. PROTOCOL.md section 6.3. */
  rotate(tokenHash: string, presented: string | undefined): void;
  /** The client has its token. PROTOCOL.md section 6.3. */
  confirm(): void;
  /** Whether this is the link it is attached to; what any other says or asks for does not count. */
  isOn(linkId: LinkId): boolean;
  /** A frame arrived after `welcome`, of so many characters. `undefined`: on a link that was taken over. */
  hear(linkId: LinkId, frame: Frame, characters: number, now: Instant): Heard | undefined;
}
/** A session that is over, and what it leaves. */
interface Death {
  readonly session: ServerSession;
  readonly reason: string;
  /** What becomes of what was sent. Nothing goes out again: to its application a new session is a new client. */
  readonly aftermath: Aftermath;
  /** Its link, if it had one, to be closed. */
  readonly linkId: LinkId | undefined;
}
/** Sessions by room. */
declare class Rooms {
  #private;
  join(room: string, session: HostedSession): void;
  leave(room: string, session: HostedSession): void;
  in(room: string): Iterable<HostedSession>;
}
/** Where clients say who they are, when they come and again when their credential expires. */
declare class Reception {
  #private;
  constructor(hub: Hub, authenticate: ServerOptions["authenticate"]);
  /** Whether anybody reads the request of an upgrade. */
  get asks(): boolean;
  /** A client says who it is; what is decided depends on who else is here when that is known. */
  greet(link: HostedLink, hello: Hello): Promise<void>;
  /** A client says again who it is. */
  refresh(link: HostedLink, session: HostedSession, credential: unknown): Promise<void>;
}
/** When each session has its turn, and what it gets then: what arrived is handed over, and what may be written is written. */
declare class Serving {
  #private;
  constructor(hub: Hub, messagesPerSecond: number, nextRound: NextRound);
  /**
   * A session has something to write or to take: by the end of the turn, or a little later if it can wait and its link has only just
   * been written to. So many bytes that were asked may be worth a frame at once.
   */
  soon(session: HostedSession, bytes?: number, canWait?: boolean): void;
  /** The same for what is told to many. */
  soonAmongMany(session: HostedSession): void;
  /** Hands over what is outside of every guarantee: what there is no room for is dropped. */
  takeVolatile(session: HostedSession, records: readonly WireRecord[]): void;
  /** Writes what may be written, together. */
  write(session: HostedSession): void;
  /** The session is over. */
  forget(session: HostedSession): void;
}
/** Something with a deadline that may move. */
interface Waker {
  /** The time has come, or was moved since: does what is due and says when to look again, or `never`. */
  wake(now: Instant): Instant;
}
/** One timer for any number of deadlines: moving one costs nothing until it would have come. */
declare class Wheel {
  #private;
  constructor(clock: Clock);
  /** Wakes `waker` at `at`, or at its older deadline if that is earlier: it looks for itself. */
  set(waker: Waker, at: Instant): void;
  delete(waker: Waker): void;
  /** Nobody is woken any more. */
  stop(): void;
}
type Events = ServerEvents<Contract, Identity>;
/** What a hub is made of. */
interface HubParts {
  readonly contract: Contract;
  readonly options: ServerOptions;
  readonly limits: ServerLimits;
  readonly handshakeMs: number;
  readonly messagesPerSecond: number;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly nextRound: NextRound;
}
/** Where links and sessions meet: the driver of the server's engine. */
declare class Hub implements Waker {
  #private;
  readonly fromClient: Entries;
  readonly fromServer: Entries;
  readonly limits: ServerLimits;
  readonly handshakeMs: number;
  readonly clock: Clock;
  readonly wheel: Wheel;
  readonly rooms: Rooms;
  readonly reception: Reception;
  readonly serving: Serving;
  readonly report: Report;
  readonly events: Emitter<Events>;
  readonly hosted: Map<ServerSession, HostedSession>;
  readonly links: Set<HostedLink>;
  handlers: Readonly<Record<string, AnyHandler | undefined>>;
  /** What handlers know as the server. */
  server: unknown;
  /** If the server drains: when whoever is still here is hung up, also who comes through its door only now, and where to dial next. */
  draining: {
    readonly until: Instant;
    readonly url: string | undefined;
  } | undefined;
  /** Called when it is at rest: everybody who drains, be it twice. */
  readonly rested: Set<() => void>;
  constructor({ contract, options, limits, handshakeMs, messagesPerSecond, clock, secrets, nextRound }: HubParts);
  /** A socket opened. */
  accept(link: ServerLink, request: unknown): HostedLink;
  /** Who comes is known: it goes on with its session or has a new one. Whether it may. */
  admit(link: HostedLink, hello: Hello, { identity, rooms }: Welcomed<Identity>): boolean;
  /** All sessions of one identity. */
  of(identityId: string): Iterable<HostedSession>;
  /** A link is gone, by whomever. */
  left(link: HostedLink, session: HostedSession | undefined, code: number, reason: string): void;
  /** Nobody is here, and nothing that was said is still being handled. */
  get isAtRest(): boolean;
  /** The handler of an event is not through. */
  begun(): void;
  /** It is now. */
  done(): void;
  /** A session is over. Its link, if it has one, is the caller's to close. */
  end(session: HostedSession, reason: string): void;
  /** What its outbox holds is counted; if all together hold too much, the one with the most loses its own. */
  weigh({ engine }: HostedSession): void;
  /** An outbox cannot take what nobody can be refused: it is given away, and the next resume is `lost`. */
  overflow(session: HostedSession | undefined): void;
  invalid(session: HostedSession, invalid: InvalidRecord): void;
  failed(session: HostedSession | undefined, name: string, error: unknown): void;
  /** Sessions whose time without a link is over. */
  wake(now: Instant): Instant;
  /** Every link goes; what was said before is on its way before goodbye. */
  hangUp(code: number, reason: string): void;
  /** Everything ends. */
  close(code: number, reason: string): void;
}
/** One client with its promises and handlers, over any number of links. */
declare class HostedSession {
  #private;
  readonly engine: ServerSession;
  identity: Identity;
  link: HostedLink | undefined;
  /** Asked of the client since the last write. */
  askedBytes: number;
  constructor(hub: Hub, engine: ServerSession, identity: Identity, maxMessageBytes: number);
  get id(): string;
  get phase(): "attached" | "parked" | "dead";
  get bufferedBytes(): number;
  get rooms(): ReadonlySet<string>;
  join(room: string): void;
  leave(room: string): void;
  emit(name: string, payload?: unknown, options?: object): Promise<void>;
  call(name: string, input?: unknown, options?: object): Promise<unknown>;
  tryCall(name: string, input?: unknown, options?: object): Promise<unknown>;
  stream(name: string, input?: unknown, options?: object): AsyncIterableIterator<unknown>;
  close(code?: number, reason?: string): void;
  /** Whether an end waits for the other's answer to a call. */
  get isTalking(): boolean;
  /** Takes a record that many get. False: there is no room for it, and it has to lose its outbox. */
  tell(record: Outgoing): boolean;
  overflow(): void;
  /** Writes outside of every guarantee, behind what was said before, if it can be written now. */
  volatile({ text, bytes }: Said): void;
  /** A record was handed over. */
  take(record: WireRecord): void;
  /** The client has these. */
  acked(tickets: Parameters<Asking["acked"]>[0]): void;
  /**
   * The client takes frames of so many bytes from now on: what waits and is larger is refused. Tells whether there is what nobody can be refused,
   * or what was written and may not be again.
   */
  limit(maxMessageBytes: number): boolean;
  /** Its handlers are wanted no more. */
  abort(words: string): void;
  /** The page that was asked is gone. */
  restart(): void;
  /** What was sent is settled: nothing goes out again. */
  settle(aftermath: Death["aftermath"]): void;
  /** It is over. */
  die({ aftermath, reason }: Death): void;
  /** Its link is to go, with this code; the session stays. */
  hangUp(code: keyof typeof closeCodes, reason: string): void;
}
/** One socket at the server: it waits for hello, is being asked about, carries a session, or is gone. */
declare class HostedLink implements LinkListener, Waker {
  #private;
  readonly id: LinkId;
  readonly request: unknown;
  constructor(hub: Hub, id: LinkId, link: ServerLink, request: unknown);
  /** Aborts when it is gone. */
  get signal(): AbortSignal;
  /** Whether it takes what may be dropped. */
  get isIdle(): boolean;
  /** Whether it was written to a moment ago: what follows is a flow. */
  get isWarm(): boolean;
  get isGone(): boolean;
  opened(): void;
  heard(): void;
  message(data: string | Uint8Array): void;
  closed({ code, reason }: Close): void;
  /** Closes with a code, and lets go at once: nobody waits for the answer. */
  hangUp(code: number, reason: string): void;
  /** Somebody else has its session. */
  detach(code: number, reason: string): void;
  /** The session it carries from now on. */
  attach(session: HostedSession, welcome: string): void;
  /** Is let go, if the server drains. */
  depart(): void;
  /** Has had its time. */
  hurry(): void;
  /** Its session was served. */
  served(): void;
  /** Who it is holds so long; `undefined`: for ever. */
  expire(expiresInMs: number | undefined): void;
  write(text: string): void;
  writeAll(texts: readonly string[]): void;
  /** Asks for a pong, behind everything that was written to us before. */
  ping(): void;
  wake(now: Instant): Instant;
  /** Tells that a credential was accepted. */
  authenticated(expiresInMs: number | undefined): void;
}
/** Where a server gets time, chance and names. */
interface ServerPorts {
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly nextRound: NextRound;
}
/** A server without sockets: whoever has them hands them in. */
interface AnyServer<S extends Server = Server> {
  readonly server: S;
  /** A socket opened, on which `holdfast.1` was chosen. */
  accept(link: ServerLink, request: unknown): HostedLink;
  /** A link was turned away before there was a socket, with this HTTP status. */
  refused(status: number, reason: string, details: object): void;
  /** An upgrade that was ours was answered by somebody else as well, who has broken it. */
  disturbed(details: object): void;
  /** Whether no new links are taken. */
  readonly isDraining: boolean;
  readonly maxMessageBytes: number;
}
/**
 * The other end, on any runtime.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
declare function createAnyServer(contract: Contract, options: ServerOptions, handlers: Readonly<Record<string, AnyHandler | undefined>>, { clock, secrets, nextRound }: ServerPorts): AnyServer;
export { type Anonymous, type AnyServer, type AskingServerOptions, type Audience, type AuthenticateResult, type DrainOptions, type Handler, type HandlerContext, type Handlers, type Identity, type LimitOptions, type Secrets, type Server, type ServerEvents, type ServerLink, type ServerOptions, type ServerPorts, type Session, type Visitor, type Welcomed, createAnyServer };
