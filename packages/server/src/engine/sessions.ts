import {
  type Aftermath,
  closeCodes,
  type Hello,
  type Instant,
  settleLost,
  type Ticket,
  type Welcome,
} from "@holdfast/core/session";
import type { ServerLimits } from "./limits.ts";
import { Parking } from "./parking.ts";
import { type LinkId, ServerSession } from "./server-session.ts";
import { isSameHash, Tombstones } from "./tombstones.ts";
import { Weights } from "./weights.ts";

/** Who said hello, after somebody asked whether it may. */
export interface Applicant {
  readonly hello: Hello;
  /** Of the token in `hello`. */
  readonly tokenHash: string | undefined;
  readonly identityId: string;
  /** A name of that identity for its client; absent where nobody is told from anybody else. */
  readonly identityName?: string | undefined;
  readonly linkId: LinkId;
  /** What a new session, or the next token, may use: minted where chance is. */
  readonly fresh: { readonly id: string; readonly token: string; readonly tokenHash: string };
}

/** A session that is over, and what it leaves. */
export interface Death {
  readonly session: ServerSession;
  readonly reason: string;
  /** What becomes of what was sent. Nothing goes out again: to its application a new session is a new client. */
  readonly aftermath: Aftermath;
  /** Its link, if it had one, to be closed. */
  readonly linkId: LinkId | undefined;
}

/** The answer to a hello. */
export type Admission =
  | { readonly type: "refused"; readonly code: number; readonly reason: string }
  | {
      readonly type: "admitted";
      readonly session: ServerSession;
      readonly welcome: Welcome;
      /** The link that was taken over, to be closed with 4009. */
      readonly replaced: LinkId | undefined;
      /** What the client has by now. */
      readonly tickets: readonly Ticket[];
      /** Sessions that ended of it. */
      readonly deaths: readonly Death[];
    };

/** How long a session is kept of which nobody knows whether its client has heard of it. */
const unconfirmedMs = 10_000;

/** Every session of a server, and who may go on with which. Pure. PROTOCOL.md section 6. */
export class Sessions {
  readonly #limits: ServerLimits;
  readonly #all: Map<string, ServerSession> = new Map();
  readonly #byIdentity: Map<string, Set<ServerSession>> = new Map();
  readonly #parking: Parking = new Parking();
  readonly #tombstones: Tombstones;
  readonly #weights: Weights = new Weights();

  constructor(limits: ServerLimits) {
    this.#limits = limits;
    this.#tombstones = new Tombstones(limits.tombstones);
  }

  /** All that are not over. */
  get all(): Iterable<ServerSession> {
    return this.#all.values();
  }

  /** Those of one identity. */
  of(identityId: string): Iterable<ServerSession> {
    return this.#byIdentity.get(identityId) ?? [];
  }

  /** How many are not over. */
  get size(): number {
    return this.#all.size;
  }

  /** When the time of the next one without a link is over. */
  get nextExpiry(): Instant {
    return this.#parking.nextExpiry;
  }

  /** Decides, in the order of PROTOCOL.md section 6. The credential was accepted before. */
  admit(applicant: Applicant, now: Instant): Admission {
    const { hello, tokenHash = "", identityId } = applicant;
    const id = hello.session?.id;
    if (id === undefined) return this.#open(applicant, "opened", {}, now);
    const session = this.#all.get(id);
    const stone = session ? undefined : this.#tombstones.get(id, now);
    const isOwn = session
      ? session.accepts(tokenHash)
      : !!stone?.tokenHashes.reduce((found, own) => isSameHash(own, tokenHash) || found, false);
    if (!isOwn) return this.#open(applicant, "lost", { reason: "unknown" }, now);
    if ((session ?? stone)?.identityId !== identityId) {
      return this.#open(applicant, "lost", { reason: "identity" }, now);
    }
    if (stone) {
      return this.#open(applicant, "lost", { reason: stone.reason, received: stone.received }, now);
    }
    return this.#resume(session as ServerSession, applicant, now);
  }

  /** A link is gone. The session waits for the next one. */
  park(session: ServerSession, now: Instant): void {
    if (session.standing.phase !== "attached") return;
    session.end.detach();
    const { resumeWithinMs } = this.#limits;
    // Whoever never got its token cannot come back; who did has little to come back for.
    const waitMs = session.isConfirmed ? resumeWithinMs : Math.min(resumeWithinMs, unconfirmedMs);
    this.#parking.add(session, waitMs, now);
  }

  /** A session is over. `received`: what the client says it has. */
  end(session: ServerSession, reason: string, received: number | undefined, now: Instant): Death {
    const { id, identityId, tokenHashes, end, standing } = session;
    this.#tombstones.set(id, { tokenHashes, identityId, reason, received: end.position }, now);
    this.#all.delete(id);
    this.#parking.delete(session);
    const own = this.#byIdentity.get(identityId);
    own?.delete(session);
    if (!own?.size) this.#byIdentity.delete(identityId);
    this.#weights.weigh(session, 0);
    const aftermath = settleLost(end.empty(), received);
    end.detach();
    session.standing = { phase: "dead", reason };
    const linkId = standing.phase === "attached" ? standing.linkId : undefined;
    return { session, reason, aftermath, linkId };
  }

  /** Sessions whose time without a link is over. */
  expire(now: Instant): readonly Death[] {
    return this.#parking.expired(now).map((one) => this.end(one, "expired", undefined, now));
  }

  /** What no outbox has room for: the outbox is given away, and the next resume is `lost`. Tells what it leaves. */
  overflow(session: ServerSession): Aftermath {
    session.isOverflowed = true;
    const aftermath = settleLost(session.end.empty(), undefined);
    this.weigh(session);
    return aftermath;
  }

  /** Something was put into an outbox or acknowledged. Tells whose outbox has to go, if all together hold too much. */
  weigh(session: ServerSession): ServerSession | undefined {
    // What a handler still says there is never sent, and let go of with it.
    if (session.standing.phase === "dead") return undefined;
    const { bufferedBytes, lateBytes } = session.end;
    const before = session.weighedBytes;
    const weights = this.#weights;
    weights.weigh(session, bufferedBytes + lateBytes);
    if (session.weighedBytes <= before || weights.totalBytes <= this.#limits.outboxTotalBytes)
      return undefined;
    // With a link or without: who makes all hold too much is not spared for being here.
    return weights.heaviest;
  }

  #resume(session: ServerSession, applicant: Applicant, now: Instant): Admission {
    const { hello, tokenHash, fresh, linkId } = applicant;
    if (hello.attempt <= session.attempt) {
      return { type: "refused", code: closeCodes.replaced, reason: "a newer dial was faster" };
    }
    const { received = 0 } = hello;
    if (session.isOverflowed) return this.#replace(session, "overflow", applicant, now);
    // Its older link may be half-open, and nobody has noticed.
    session.end.detach();
    const tickets = session.end.attach(received, hello);
    if (!tickets) return this.#replace(session, "position", applicant, now);
    this.weigh(session);
    const { standing } = session;
    const replaced = standing.phase === "attached" ? standing.linkId : undefined;
    if (hello.restarted) session.end.dismiss();
    this.#parking.delete(session);
    session.standing = { phase: "attached", linkId };
    session.attempt = hello.attempt;
    // Its token came back, so it had arrived.
    session.isConfirmed = true;
    session.generation++;
    session.rotate(fresh.tokenHash, tokenHash);
    const welcome = this.#welcome(session, applicant, "resumed", { received: session.end.position });
    return { type: "admitted", session, welcome, replaced, tickets, deaths: [] };
  }

  /** The old session cannot go on: it ends, and a new one opens in its place. */
  #replace(session: ServerSession, reason: string, applicant: Applicant, now: Instant): Admission {
    // A position that cannot be tells nothing.
    const told = reason === "position" ? undefined : applicant.hello.received;
    const death = this.end(session, reason, told, now);
    const lost = { reason, received: session.end.position };
    const admission = this.#open(applicant, "lost", lost, now);
    return admission.type === "refused"
      ? admission
      : { ...admission, replaced: death.linkId, deaths: [death, ...admission.deaths] };
  }

  #open(
    applicant: Applicant,
    outcome: "opened" | "lost",
    lost: Pick<Welcome, "reason" | "received">,
    now: Instant,
  ): Admission {
    const { hello, identityId, fresh, linkId } = applicant;
    const deaths = this.#makeRoom(identityId, now);
    if (!deaths) return { type: "refused", code: closeCodes.rateLimited, reason: "too many sessions" };
    const session = new ServerSession(fresh.id, identityId, this.#limits);
    session.standing = { phase: "attached", linkId };
    session.attempt = hello.attempt;
    session.generation = 1;
    session.rotate(fresh.tokenHash, undefined);
    session.end.attach(0, hello);
    this.#all.set(session.id, session);
    const own = this.#byIdentity.get(identityId) ?? new Set();
    this.#byIdentity.set(identityId, own.add(session));
    const welcome = this.#welcome(session, applicant, outcome, lost);
    return { type: "admitted", session, welcome, replaced: undefined, tickets: [], deaths };
  }

  /** One session more of an identity: the oldest without a link gives way, of its own ones or of all. `undefined`: all of them have links. */
  #makeRoom(identityId: string, now: Instant): readonly Death[] | undefined {
    const { sessions, sessionsPerIdentity } = this.#limits;
    const own = this.#byIdentity.get(identityId);
    if (own && own.size >= sessionsPerIdentity) {
      for (const session of own) {
        if (session.standing.phase === "parked") return [this.end(session, "expired", undefined, now)];
      }
      return undefined;
    }
    if (this.#all.size < sessions) return [];
    const { oldest } = this.#parking;
    return oldest && [this.end(oldest, "expired", undefined, now)];
  }

  #welcome(
    { id, generation }: ServerSession,
    { fresh: { token }, identityName: identity }: Applicant,
    outcome: Welcome["outcome"],
    told: Pick<Welcome, "reason" | "received">,
  ): Welcome {
    const { windowBytes: window, heartbeat, resumeWithinMs, maxMessageBytes } = this.#limits;
    const session = { id, token, ...(identity !== undefined && { identity }) };
    return { session, generation, outcome, ...told, window, heartbeat, resumeWithinMs, maxMessageBytes };
  }
}
