import { closeCodes, decode, encode, type Hello, type Instant } from "@holdfast/core/session";
import type { ServerLimits } from "../../src/engine/limits.ts";
import { Pulse } from "../../src/engine/pulse.ts";
import type { ServerSession } from "../../src/engine/server-session.ts";
import { type Death, Sessions } from "../../src/engine/sessions.ts";
import { Application } from "./application.ts";
import type { Action, Limits } from "./case.ts";
import type { Names } from "./names.ts";
import { identify, receiveFirst } from "./reception.ts";
import { publication, volatile } from "./sayings.ts";
import type { Played, Turn } from "./turn.ts";

const helloWithinMs = 10_000;
const noVitals = { bufferedBytes: 0, drainedBytes: 0, readBytes: 0 };

interface Link {
  readonly id: number;
  readonly pulse: Pulse;
  readonly helloBy: number;
  session: ServerSession | undefined;
  /** Closed by us; what it still says is for the engine to ignore. */
  isClosed: boolean;
}

/** The server's engines, sessions and pulse, and the little that a shell adds. */
export class ServerEnd implements Played {
  readonly #limits: ServerLimits;
  readonly #sessions: Sessions;
  readonly #application: Application;
  readonly #links: Map<number, Link> = new Map();
  /** Of which the application speaks: the one that was admitted or heard last. */
  #session: ServerSession | undefined;
  #turn: Turn | undefined;
  #now = 0 as Instant;
  #minted = 0;

  constructor(limits: Limits, names: Names) {
    this.#limits = {
      ...limits,
      windowBytes: limits.window,
      frameBytes: 65_536,
      handlersInFlight: Infinity,
      outboxTotalBytes: Infinity,
      sessions: Infinity,
      sessionsPerIdentity: 16,
      tombstones: 100,
    };
    this.#sessions = new Sessions(this.#limits);
    this.#application = new Application(names, () => this.#current.end);
  }

  get #current(): ServerSession {
    if (!this.#session) throw new Error("there is no session to speak of");
    return this.#session;
  }

  begin(turn: Turn): void {
    this.#turn = turn;
    this.#application.begin(turn);
  }

  pass(ms: number, how: "awake" | "stalled"): void {
    const until = this.#now + ms;
    while (how === "awake" && this.#due() <= until) {
      this.#now = Math.max(this.#now, this.#due()) as Instant;
      this.#ring();
    }
    this.#now = until as Instant;
  }

  open(id: number): void {
    const pulse = new Pulse(this.#limits.heartbeat, this.#now);
    const helloBy = this.#now + helloWithinMs;
    this.#links.set(id, { id, pulse, helloBy, session: undefined, isClosed: false });
  }

  receive(id: number, text: string): void {
    const link = this.#links.get(id);
    if (!link) return;
    link.pulse.heardAt = this.#now;
    if (link.session) {
      this.#session = link.session;
      return this.#hear(link, link.session, text);
    }
    const received = receiveFirst(text);
    if (received.type === "write") this.#write(link, received.text);
    if (received.type === "close") this.#drop(link, received.code);
    if (received.type === "hello") this.#admit(link, received.hello);
  }

  closed(id: number, code: number): void {
    const link = this.#links.get(id);
    this.#links.delete(id);
    if (link?.session?.isOn(id)) this.#park(link.session, code);
  }

  does(action: Action): void {
    if (typeof action === "object") {
      if ("publish" in action) this.#publish(action.publish);
      else if ("volatile" in action) this.#volatile(action.volatile);
      else this.#application.does(action);
      return;
    }
    if (action === "pause") this.#application.appetite = 0;
    else if (action === "go on") this.#application.appetite = Infinity;
    else if (action === "end") this.#end();
    else throw new Error(`a server does not ${action}`);
  }

  handOver(): void {
    if (!this.#session) return;
    const link = this.#linkOf(this.#session);
    if (link) this.#application.takeAll();
    if (link && this.#session.end.isViolated) this.#drop(link, closeCodes.protocol);
    this.#application.answerAll();
  }

  finish(): void {
    this.#ring();
    const link = this.#linkOf(this.#session);
    if (!link) return;
    const { end } = this.#current;
    for (let text = end.write(this.#now); text !== undefined; text = end.write(this.#now))
      this.#write(link, text);
  }

  #hear(link: Link, session: ServerSession, text: string): void {
    const frame = decode(text);
    if ("malformed" in frame) return this.#drop(link, closeCodes.protocol);
    if (frame[0] === "auth" && session.isOn(link.id)) {
      session.confirm();
      const identity = identify(frame[1]);
      if (identity !== session.identityId) return this.#drop(link, closeCodes.refused);
      return this.#write(link, encode(["authenticated", {}]));
    }
    const heard = session.hear(link.id, frame, text.length, this.#now);
    switch (heard?.type) {
      case "reply":
        return this.#write(link, heard.text);
      case "acked":
        return this.#application.sayings.acked(heard.tickets);
      case "volatile":
        return heard.records.forEach((record) => this.#application.hear(record));
      case "broken":
        if (heard.code === closeCodes.stateLost) {
          this.#die(this.#sessions.end(session, "gap", undefined, this.#now));
        }
        return this.#drop(link, heard.code);
      case "nothing":
      case undefined:
    }
  }

  #admit(link: Link, hello: Hello): void {
    const identityId = identify(hello.credential);
    if (typeof identityId === "number") return this.#drop(link, identityId);
    const minted = ++this.#minted;
    const token = `token-${minted}`;
    const tokenHash = hello.session && `#${hello.session.token}`;
    const fresh = { id: `session-${minted}`, token, tokenHash: `#${token}` };
    const admission = this.#sessions.admit(
      { hello, tokenHash, identityId, linkId: link.id, fresh },
      this.#now,
    );
    if (admission.type === "refused") return this.#drop(link, admission.code);
    const { session, welcome, replaced, tickets, deaths } = admission;
    for (const death of deaths) this.#die(death);
    const old = replaced === undefined ? undefined : this.#links.get(replaced);
    if (old) this.#close(old, closeCodes.replaced);
    this.#session = link.session = session;
    this.#write(link, encode(["welcome", welcome]));
    this.#application.sayings.acked(tickets);
    if (!hello.restarted || welcome.outcome !== "resumed") return;
    this.#application.abort();
    for (const { record, offset } of session.end.abandon())
      this.#application.sayings.settle(record.ticket, offset === undefined ? "not sent" : "in doubt");
  }

  #drop(link: Link, code: number): void {
    this.#links.delete(link.id);
    this.#close(link, code);
    if (link.session?.isOn(link.id)) this.#park(link.session, code);
  }

  #close(link: Link, code: number): void {
    if (!link.isClosed) this.#turn?.close(link.id, code);
    link.isClosed = true;
  }

  /** A link is gone; the session ends, if it ended on purpose. PROTOCOL.md section 6.4. */
  #park(session: ServerSession, code: number): void {
    const reason = code === 1000 ? "closed" : code === closeCodes.stateLost ? "gap" : undefined;
    if (reason === undefined) this.#sessions.park(session, this.#now);
    else this.#die(this.#sessions.end(session, reason, undefined, this.#now));
  }

  #die({ session, reason, aftermath }: Death): void {
    if (this.#turn) this.#turn.ends[session.id] = reason;
    this.#application.abort();
    this.#application.drop();
    this.#application.sayings.lost(aftermath, "never");
  }

  #publish(record: readonly unknown[]): void {
    const session = this.#current;
    if (session.isOverflowed || session.end.send(publication(record))) return;
    this.#application.sayings.lost(this.#sessions.overflow(session), "never");
    const link = this.#linkOf(session);
    if (link) this.#drop(link, closeCodes.overflow);
  }

  #volatile(record: readonly unknown[]): void {
    const link = this.#linkOf(this.#current);
    if (link && this.#current.end.isIdle) this.#write(link, volatile(record));
  }

  #end(): void {
    const link = this.#linkOf(this.#current);
    this.#die(this.#sessions.end(this.#current, "closed", undefined, this.#now));
    if (link) this.#drop(link, 1_000);
  }

  #write(link: Link, text: string): void {
    link.pulse.sentAt = this.#now;
    this.#turn?.write(link.id, text);
  }

  #linkOf(session: ServerSession | undefined): Link | undefined {
    return session?.standing.phase === "attached" ? this.#links.get(session.standing.linkId) : undefined;
  }

  #due(): number {
    let due = Infinity;
    for (const { id, session, pulse, helloBy } of this.#links.values()) {
      if (session?.isOn(id)) due = Math.min(due, pulse.deadline);
      if (!session) due = Math.min(due, helloBy);
    }
    return Math.min(due, this.#sessions.nextExpiry);
  }

  #ring(): void {
    for (const death of this.#sessions.expire(this.#now)) this.#die(death);
    for (const link of this.#links.values()) {
      if (!link.session && link.helloBy <= this.#now) this.#drop(link, closeCodes.noHello);
      if (!link.session?.isOn(link.id) || link.pulse.deadline > this.#now) continue;
      const beat = link.pulse.beat(this.#now, noVitals);
      if (beat === "ping") this.#write(link, "ping");
      if (beat === "dead") this.#drop(link, closeCodes.heartbeat);
    }
  }
}
