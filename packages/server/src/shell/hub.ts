import {
  type AnyHandler,
  type Clock,
  type Contract,
  createEmitter,
  createReport,
  type Emitter,
  type Entries,
  type InvalidRecord,
  type NextRound,
  type Report,
  reportThrown,
} from "@holdfast/core/exchange";
import { closeCodes, encode, type Hello, type Instant } from "@holdfast/core/session";
import type { ServerLimits } from "../engine/limits.ts";
import type { ServerSession } from "../engine/server-session.ts";
import { type Admission, type Death, Sessions } from "../engine/sessions.ts";
import type { Identity, ServerEvents, ServerOptions, Welcomed } from "../options.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { ServerLink } from "../ports/server-link.ts";
import { Rooms } from "./audience.ts";
import { createCalmReport } from "./calm-report.ts";
import { HostedLink } from "./hosted-link.ts";
import { HostedSession } from "./hosted-session.ts";
import { Reception } from "./reception.ts";
import { Serving } from "./serving.ts";
import { Wheel, type Waker } from "./wheel.ts";

type Events = ServerEvents<Contract, Identity>;

/** What a hub is made of. */
export interface HubParts {
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
export class Hub implements Waker {
  readonly fromClient: Entries;
  readonly fromServer: Entries;
  readonly limits: ServerLimits;
  readonly handshakeMs: number;
  readonly clock: Clock;
  readonly wheel: Wheel;
  readonly rooms: Rooms = new Rooms();
  readonly reception: Reception;
  readonly serving: Serving;
  readonly report: Report;
  readonly events: Emitter<Events>;
  readonly hosted: Map<ServerSession, HostedSession> = new Map();
  readonly links: Set<HostedLink> = new Set();
  handlers: Readonly<Record<string, AnyHandler | undefined>> = {};
  /** What handlers know as the server. */
  server: unknown;
  /** If the server drains: when whoever is still here is hung up, also who comes through its door only now, and where to dial next. */
  draining: { readonly until: Instant; readonly url: string | undefined } | undefined;
  /** Called when it is at rest: everybody who drains, be it twice. */
  readonly rested: Set<() => void> = new Set();
  readonly #secrets: Secrets;
  readonly #sessions: Sessions;
  #linkIds = 0;
  /** Handlers of events that are not through, those of sessions that are over, too. */
  #handling = 0;

  constructor({
    contract,
    options,
    limits,
    handshakeMs,
    messagesPerSecond,
    clock,
    secrets,
    nextRound,
  }: HubParts) {
    this.fromClient = contract.fromClient;
    this.fromServer = contract.fromServer;
    this.limits = limits;
    this.handshakeMs = handshakeMs;
    this.clock = clock;
    this.wheel = new Wheel(clock);
    this.report = createCalmReport(createReport(options.log ?? "warn"), clock);
    this.events = createEmitter<Events>((name, error) => {
      reportThrown(this.report, `a listener for ${name}`, error);
    });
    this.reception = new Reception(this, options.authenticate);
    this.serving = new Serving(this, messagesPerSecond, nextRound);
    this.#secrets = secrets;
    this.#sessions = new Sessions(limits);
  }

  /** A socket opened. */
  accept(link: ServerLink, request: unknown): HostedLink {
    // Where nobody is asked, nobody reads it: what an upgrade is made of weighs as much as the session.
    const read = this.reception.asks ? request : undefined;
    const hosted = new HostedLink(this, ++this.#linkIds, link, read);
    this.links.add(hosted);
    return hosted;
  }

  /** Who comes is known: it goes on with its session or has a new one. Whether it may. */
  admit(link: HostedLink, hello: Hello, { identity, rooms = [] }: Welcomed<Identity>): boolean {
    const { session: known } = hello;
    const token = this.#secrets.token();
    const admission = this.#sessions.admit(
      {
        hello,
        tokenHash: known && this.#secrets.hash(known.token),
        identityId: identity.id,
        identityName: this.reception.asks ? this.#secrets.hash(identity.id) : undefined,
        linkId: link.id,
        fresh: { id: this.#secrets.id(), token, tokenHash: this.#secrets.hash(token) },
      },
      this.clock.now(),
    );
    if (admission.type === "refused") {
      link.hangUp(admission.code, admission.reason);
      return false;
    }
    // Whoever hears that one ended may end the one that begins: it has its link by then.
    this.events.together(() => this.#attach(link, hello, admission, identity, rooms));
    return true;
  }

  /** All sessions of one identity. */
  *of(identityId: string): Iterable<HostedSession> {
    for (const engine of this.#sessions.of(identityId)) {
      const session = this.hosted.get(engine);
      if (session) yield session;
    }
  }

  /** A link is gone, by whomever. */
  left(link: HostedLink, session: HostedSession | undefined, code: number, reason: string): void {
    this.links.delete(link);
    this.#rest();
    if (!session || session.link !== link) return;
    session.link = undefined;
    if (session.phase === "dead") return;
    if (code === 1000) return this.end(session, "closed");
    if (code === closeCodes.stateLost) return this.end(session, "gap");
    this.#sessions.park(session.engine, this.clock.now());
    this.wheel.set(this, this.#sessions.nextExpiry);
    this.events.emit("parked", { session: session as never, code, reason });
  }

  /** Nobody is here, and nothing that was said is still being handled. */
  get isAtRest(): boolean {
    return !this.links.size && !this.#handling;
  }

  /** The handler of an event is not through. */
  begun(): void {
    this.#handling++;
  }

  /** It is now. */
  done(): void {
    this.#handling--;
    this.#rest();
  }

  /** A session is over. Its link, if it has one, is the caller's to close. */
  end(session: HostedSession, reason: string): void {
    if (session.phase !== "dead") {
      this.#bury(this.#sessions.end(session.engine, reason, undefined, this.clock.now()));
    }
  }

  /** What its outbox holds is counted; if all together hold too much, the one with the most loses its own. */
  weigh({ engine }: HostedSession): void {
    const victim = this.#sessions.weigh(engine);
    if (victim) this.overflow(this.hosted.get(victim));
  }

  /** An outbox cannot take what nobody can be refused: it is given away, and the next resume is `lost`. */
  overflow(session: HostedSession | undefined): void {
    if (!session) return;
    this.report("warn", "outbox overflow", { session: session.id });
    session.settle(this.#sessions.overflow(session.engine));
    session.hangUp("overflow", "the outbox is full");
  }

  invalid(session: HostedSession, invalid: InvalidRecord): void {
    this.report("warn", "message refused", { session: session.id, ...invalid });
    this.events.emit("invalid", { session: session as never, ...invalid });
  }

  failed(session: HostedSession | undefined, name: string, error: unknown): void {
    this.report("error", `${name} threw`, { session: session?.id, error });
    this.events.emit("failed", { session: session as never, name, error });
  }

  /** Sessions whose time without a link is over. */
  wake(now: Instant): Instant {
    for (const death of this.#sessions.expire(now)) this.#bury(death);
    return this.#sessions.nextExpiry;
  }

  /** Every link goes; what was said before is on its way before goodbye. */
  hangUp(code: number, reason: string): void {
    for (const session of this.hosted.values()) this.serving.write(session);
    for (const link of this.links) link.hangUp(code, reason);
  }

  /** Everything ends. */
  close(code: number, reason: string): void {
    for (const session of this.hosted.values()) {
      this.serving.write(session);
      this.end(session, "closed");
    }
    this.hangUp(code, reason);
    this.wheel.stop();
  }

  #rest(): void {
    if (this.isAtRest) for (const tell of this.rested) tell();
  }

  #attach(
    link: HostedLink,
    hello: Hello,
    { session: engine, welcome, replaced, tickets, deaths }: Admission & { readonly type: "admitted" },
    identity: Identity,
    rooms: readonly string[],
  ): void {
    const { maxMessageBytes } = hello;
    const session = this.hosted.get(engine) ?? new HostedSession(this, engine, identity, maxMessageBytes);
    session.identity = identity;
    this.hosted.set(engine, session);
    // Of the session that goes on, or of the one that ended in its place. Not looked for among all: after a failure of the network everybody comes at once.
    const left = deaths.find(({ linkId }) => linkId !== undefined)?.session ?? engine;
    const old = replaced === undefined ? undefined : this.hosted.get(left)?.link;
    old?.detach(closeCodes.replaced, "a newer link has the session");
    for (const room of rooms) session.join(room);
    link.attach(session, encode(["welcome", welcome]));
    session.acked(tickets);
    const holdsTooMuch = session.limit(maxMessageBytes);
    // Given away before anybody hears of it and has it written.
    if (holdsTooMuch) session.settle(this.#sessions.overflow(engine));
    if (hello.restarted && welcome.outcome === "resumed") {
      session.abort("the page that asked is gone");
      session.restart();
    }
    // Handlers hear of it from their signals, at once.
    for (const death of deaths) this.#bury(death);
    this.serving.soon(session);
    if (welcome.outcome === "resumed") this.events.emit("resumed", { session: session as never });
    else this.events.emit("opened", { session: session as never, lost: welcome.reason });
    if (!holdsTooMuch) return;
    this.report("warn", "outbox overflow", { session: session.id });
    session.hangUp("overflow", "the outbox is full");
  }

  #bury(death: Death): void {
    const session = this.hosted.get(death.session);
    this.hosted.delete(death.session);
    if (!session) return;
    this.serving.forget(session);
    session.die(death);
    const told = { session: session as never };
    if (death.reason === "expired") this.events.emit("expired", told);
    this.events.emit("closed", { ...told, reason: death.reason });
  }
}
