import { burstBytes, type NextRound, recordBytes } from "@holdfast/core/exchange";
import type { WireRecord } from "@holdfast/core/session";
import type { HostedSession } from "./hosted-session.ts";
import type { Hub } from "./hub.ts";
import { Pace } from "./pace.ts";
import { Slots } from "./slots.ts";
import { Turns } from "./turns.ts";

/** When each session has its turn, and what it gets then: what arrived is handed over, and what may be written is written. */
export class Serving {
  readonly #hub: Hub;
  readonly #pace: Pace;
  readonly #slots: Slots;
  readonly #turns: Turns<HostedSession>;
  /** Whose events wait for handlers: the log was told. */
  readonly #stalled: Set<HostedSession> = new Set();

  constructor(hub: Hub, messagesPerSecond: number, nextRound: NextRound) {
    this.#hub = hub;
    this.#turns = new Turns((session) => this.#serve(session), nextRound, hub.clock);
    this.#pace = new Pace(messagesPerSecond, hub.clock, (session) => this.soon(session));
    this.#slots = new Slots(hub);
  }

  /**
   * A session has something to write or to take: by the end of the turn, or a little later if it can wait and its link has only just
   * been written to. So many bytes that were asked may be worth a frame at once.
   */
  soon(session: HostedSession, bytes = 0, canWait = false): void {
    if (!canWait) this.#turns.soon(session);
    else if (!this.#turns.has(session)) this.#turns[session.link?.isWarm ? "later" : "soon"](session);
    if (canWait || !bytes) return;
    session.askedBytes += bytes + recordBytes;
    if (session.askedBytes >= burstBytes) this.write(session);
  }

  /** The same for what is told to many. */
  soonAmongMany(session: HostedSession): void {
    if (!this.#turns.has(session)) this.#turns[session.link?.isWarm ? "later" : "among"](session);
  }

  /** Hands over what is outside of every guarantee: what there is no room for is dropped. */
  takeVolatile(session: HostedSession, records: readonly WireRecord[]): void {
    // What arrived before is handed over before, or they are dropped.
    this.#handOver(session);
    const { end } = session.engine;
    for (const record of records) {
      // What came before may have ended the link.
      if (!session.link) return;
      if (end.isBusy) return this.#tellStalled(session, record);
      if (end.peek() || !this.#pace.mayTake(session)) return;
      this.#pace.count(session);
      session.take(record);
    }
  }

  /** Writes what may be written, together. */
  write(session: HostedSession): void {
    session.askedBytes = 0;
    const { engine, link } = session;
    if (!link || !engine.isOn(link.id)) return;
    const now = this.#hub.clock.now();
    const texts: string[] = [];
    for (let text; (text = engine.end.write(now)) !== undefined;) texts.push(text);
    if (texts.length) link.writeAll(texts);
  }

  /** The session is over. */
  forget(session: HostedSession): void {
    this.#pace.forget(session);
    this.#slots.forget(session);
    this.#stalled.delete(session);
  }

  #serve(session: HostedSession): void {
    const { end } = session.engine;
    try {
      this.#handOver(session);
      this.#slots.look(session);
      if (end.isViolated) return session.hangUp("protocol", "a record that cannot be");
      const wasCrowded = end.isCrowded;
      this.write(session);
      // An answer that had waited for room has found it and let go of its slot: nobody else would tell the call that waits for one.
      if (wasCrowded && !end.isCrowded) this.soon(session);
      this.#hub.weigh(session);
      session.link?.served();
    } catch (error) {
      // Nothing that one client causes reaches another, or the process.
      this.#hub.failed(session, "session", error);
      session.hangUp("internal", "something went wrong");
    }
  }

  #handOver(session: HostedSession): void {
    const { end } = session.engine;
    while (session.link) {
      if (!this.#pace.mayTake(session)) return;
      const record = end.handOver();
      if (!record) return this.#noticeStall(session);
      this.#pace.count(session);
      session.take(record);
    }
  }

  /** Nothing more can be handed over: all is, or what is next waits for handlers. */
  #noticeStall(session: HostedSession): void {
    const { end } = session.engine;
    const next = end.peek();
    if (next && end.isBusy) this.#tellStalled(session, next);
    else if (!next && end.running <= this.#hub.limits.handlersInFlight / 2) this.#stalled.delete(session);
  }

  /** Once until half of its handlers have ended: else nobody would know why a client is not heard any more. */
  #tellStalled(session: HostedSession, [, name]: WireRecord): void {
    if (this.#stalled.has(session)) return;
    this.#stalled.add(session);
    const { handlersInFlight } = this.#hub.limits;
    this.#hub.report("warn", "limits.handlersInFlight is reached: events wait for handlers to end", {
      session: session.id,
      name,
      handlersInFlight,
    });
  }
}
