import {
  closeCodes,
  decode,
  decodeHello,
  encode,
  type Hello,
  type Kept,
  type Ticket,
  type WireRecord,
} from "@holdfast/core/session";
import type { SeededRandom } from "../../../testing/src/index.ts";
import type { ServerLimits } from "../../src/engine/limits.ts";
import { Pulse } from "../../src/engine/pulse.ts";
import type { ServerSession } from "../../src/engine/server-session.ts";
import { type Death, Sessions } from "../../src/engine/sessions.ts";
import { type Agenda, Alarm } from "./agenda.ts";
import type { Ledger } from "./ledger.ts";
import type { Side, Wire } from "./network.ts";

export const serverLimits: ServerLimits = {
  outboxBytes: 500,
  windowBytes: 250,
  frameBytes: 160,
  maxMessageBytes: 4_000,
  handlersInFlight: 3,
  callsInFlight: 3,
  streams: 2,
  ackDelayMs: 0,
  outboxTotalBytes: 10_000,
  sessions: 1_000,
  sessionsPerIdentity: 3,
  tombstones: 100,
  resumeWithinMs: 20_000,
  heartbeat: { intervalMs: 1_000, timeoutMs: 500 },
};

const itemsPerStream = 12;

interface Link {
  readonly wire: Wire;
  readonly pulse: Pulse;
  session: ServerSession | undefined;
  phase: "silent" | "asking" | "attached";
}

/** A whole server without a shell: sessions over wires, and a program that answers and has news of its own. */
export class SimServer implements Side {
  sessions: Sessions = new Sessions(serverLimits);
  /** Handlers take their time, and nothing is handed over meanwhile. */
  isSlow = false;
  overflows = 0;

  readonly #agenda: Agenda;
  readonly #random: SeededRandom;
  readonly #said: Ledger;
  readonly #heard: Ledger;
  readonly #links: Map<Wire, Link> = new Map();
  readonly #pending: Map<number, { readonly number: number; readonly kind: string }> = new Map();
  /** What each stream has brought. */
  readonly #streams: Map<ServerSession, Map<number, number>> = new Map();
  readonly #alarm: Alarm;
  #tickets = 0;
  #minted = 0;

  constructor(agenda: Agenda, random: SeededRandom, said: Ledger, heard: Ledger) {
    this.#agenda = agenda;
    this.#random = random;
    this.#said = said;
    this.#heard = heard;
    this.#alarm = new Alarm(agenda, () => this.#ring());
  }

  get unsettled(): number {
    return this.#pending.size;
  }

  // ---- what its program does

  /** Tells every session something: who has no room for it is lost, loudly. */
  publish(bytes: number): void {
    for (const session of this.sessions.all) {
      if (this.#say(session, "event", bytes) || session.isOverflowed) continue;
      this.overflows++;
      const { again, inDoubt, delivered } = this.sessions.overflow(session);
      this.#leave(again, inDoubt, delivered);
      const link = this.#linkOf(session);
      if (link) this.#drop(link, closeCodes.overflow);
    }
    this.flush();
  }

  /** Tells one session something, or asks it. */
  say(kind: "event" | "call", bytes: number): void {
    const all = [...this.sessions.all];
    if (all.length) this.#say(this.#random.pick(all), kind, bytes);
    this.flush();
  }

  /** Everything in memory is gone. */
  restart(): void {
    for (const session of this.sessions.all)
      this.#die(this.sessions.end(session, "", undefined, this.#agenda.now));
    this.sessions = new Sessions(serverLimits);
    for (const link of this.#links.values()) link.wire.break(["client", "server"]);
    this.#links.clear();
  }

  /** Somebody is no longer welcome. */
  askAgain(): void {
    for (const { wire, phase } of this.#links.values())
      if (phase === "attached") wire.send("server", '["auth"]');
  }

  wake(): void {
    this.isSlow = false;
    this.flush();
  }

  // ---- what wires tell

  message(wire: Wire, text: string): void {
    const { now } = this.#agenda;
    let link = this.#links.get(wire);
    if (!link) {
      link = { wire, pulse: new Pulse(serverLimits.heartbeat, now), session: undefined, phase: "silent" };
      this.#links.set(wire, link);
    }
    link.pulse.heardAt = now;
    if (link.phase !== "attached") {
      const frame = decodeHello(text);
      if ("malformed" in frame) return this.#drop(link, closeCodes.protocol);
      if (link.phase === "asking" || frame[0] !== "hello") return this.#drop(link, closeCodes.protocol);
      link.phase = "asking";
      // A database that answers, mostly, at once.
      const delayMs = this.#random.next() * (this.#random.next() < 0.2 ? 500 : 30);
      return this.#agenda.plan(delayMs, () => this.#admit(link, frame[1]));
    }
    const frame = decode(text);
    if ("malformed" in frame) return this.#drop(link, closeCodes.protocol);
    const { session } = link;
    if (!session) return;
    if (frame[0] === "auth") return;
    const heard = session.hear(wire.id, frame, text.length, now);
    if (!heard) return;
    if (heard.type === "reply") wire.send("server", heard.text);
    if (heard.type === "acked") for (const ticket of heard.tickets) this.#acked(ticket);
    if (heard.type === "broken") {
      if (heard.code === closeCodes.stateLost) this.#die(this.sessions.end(session, "gap", undefined, now));
      return this.#drop(link, heard.code);
    }
    this.flush();
  }

  closed(wire: Wire, code: number): void {
    const link = this.#links.get(wire);
    this.#links.delete(wire);
    if (link?.session?.isOn(wire.id)) this.#park(link.session, code);
    this.#watch();
  }

  flush(): void {
    for (const session of this.sessions.all) this.#serve(session);
    this.#watch();
  }

  #serve(session: ServerSession): void {
    const link = this.#linkOf(session);
    if (!link) return;
    while (!this.isSlow && session.isOn(link.wire.id)) {
      const record = session.end.handOver();
      if (!record) break;
      this.#take(session, record);
    }
    if (session.end.isViolated) return this.#drop(link, closeCodes.protocol);
    this.#bring(session);
    for (;;) {
      const text = session.isOn(link.wire.id) && session.end.write(this.#agenda.now);
      if (!text) break;
      link.pulse.sentAt = this.#agenda.now;
      link.wire.send("server", text);
    }
  }

  #take(session: ServerSession, record: WireRecord): void {
    const { end } = session;
    const later = (act: () => void): void =>
      this.#agenda.plan(this.#random.next() * 40, () => {
        act();
        this.flush();
      });
    switch (record[0]) {
      case "event": {
        const [number] = record[2] as [number];
        this.#heard.arrive(number);
        end.running++;
        later(() => end.running--);
        if (this.#random.next() < 0.01) {
          // A handler that breaks its own link: the record was handed over all the same.
          const link = this.#linkOf(session);
          if (link) this.#drop(link, closeCodes.internal);
        }
        return;
      }
      case "call": {
        this.#heard.arrive(record[3] as number);
        const text = encode(["result", record[1], record[3]]);
        return later(() => end.answer(record[1], text, text.length, "result"));
      }
      case "open": {
        const own = this.#streams.get(session) ?? new Map<number, number>();
        this.#streams.set(session, own.set(record[1], Number(record[3].since ?? 0)));
        this.#heard.arrive(record[4] as number);
        return;
      }
      case "cancel":
        this.#streams.get(session)?.delete(record[1]);
        return end.answer(record[1], "", 0, "result");
      case "result":
        return this.#settle(record[1], "delivered");
      case "error":
        return this.#settle(record[1], "refused");
      case "item":
      case "end":
      case "gap":
      case "credit":
    }
  }

  #bring(session: ServerSession): void {
    for (const [id, last] of this.#streams.get(session) ?? []) {
      let item = last;
      while (item < itemsPerStream && session.end.mayBring(id)) {
        const text = encode(["item", id, ++item]);
        session.end.answer(id, text, text.length, "item");
      }
      this.#streams.get(session)?.set(id, item);
      if (item < itemsPerStream) continue;
      const text = encode(["end", id]);
      session.end.answer(id, text, text.length, "end");
      this.#streams.get(session)?.delete(id);
    }
  }

  // ---- sessions and links

  #admit(link: Link, hello: Hello): void {
    const { wire } = link;
    if (this.#links.get(wire) !== link) return;
    const credential = hello.credential as string;
    if (this.#random.next() < 0.02) return this.#drop(link, closeCodes.internal);
    const id = `s${++this.#minted}`;
    const admission = this.sessions.admit(
      {
        hello,
        tokenHash: hello.session && `#${hello.session.token}`,
        identityId: credential,
        linkId: wire.id,
        fresh: { id, token: `t${id}`, tokenHash: `#t${id}` },
      },
      this.#agenda.now,
    );
    if (admission.type === "refused") return this.#drop(link, admission.code);
    const { session, welcome, replaced, tickets, deaths } = admission;
    link.phase = "attached";
    link.session = session;
    for (const death of deaths) this.#die(death);
    for (const [old, other] of this.#links) {
      // Until the old link is gone it may still say something.
      if (old.id === replaced)
        this.#agenda.plan(this.#random.next() * 50, () => this.#drop(other, closeCodes.replaced));
    }
    for (const ticket of tickets) this.#acked(ticket);
    wire.send("server", encode(["welcome", welcome]));
    this.flush();
  }

  #park(session: ServerSession, code: number): void {
    const { now } = this.#agenda;
    if (code === 1000 || code === closeCodes.stateLost) {
      return this.#die(this.sessions.end(session, code === 1000 ? "revoked" : "gap", undefined, now));
    }
    this.sessions.park(session, now);
  }

  #drop({ wire, session }: Link, code: number): void {
    this.#links.delete(wire);
    wire.close("server", code);
    if (session?.isOn(wire.id)) this.#park(session, code);
    this.#watch();
  }

  #die({ session, aftermath }: Death): void {
    this.#streams.delete(session);
    this.#leave(aftermath.again, aftermath.inDoubt, aftermath.delivered);
  }

  #leave(again: readonly Kept[], inDoubt: readonly Kept[], delivered: readonly Kept[]): void {
    for (const { record } of again) this.#settle(record.ticket, "not sent");
    for (const { record } of inDoubt) this.#settle(record.ticket, "in doubt");
    for (const { record } of delivered) this.#settle(record.ticket, "delivered");
  }

  #ring(): void {
    const { now } = this.#agenda;
    for (const death of this.sessions.expire(now)) this.#die(death);
    for (const link of this.#links.values()) {
      if (link.phase !== "attached" || link.pulse.deadline > now) continue;
      const beat = link.pulse.beat(now, { bufferedBytes: 0, drainedBytes: 0, readBytes: 0 });
      if (beat === "ping") link.wire.send("server", "ping");
      if (beat === "dead") this.#drop(link, closeCodes.heartbeat);
    }
    this.#watch();
  }

  #watch(): void {
    for (const { pulse, phase } of this.#links.values())
      if (phase === "attached") this.#alarm.set(pulse.deadline);
    this.#alarm.set(this.sessions.nextExpiry);
  }

  #linkOf({ standing }: ServerSession): Link | undefined {
    if (standing.phase !== "attached") return undefined;
    for (const link of this.#links.values()) if (link.wire.id === standing.linkId) return link;
    return undefined;
  }

  #say(session: ServerSession, kind: "event" | "call", bytes: number): boolean {
    if (session.isOverflowed) return false;
    const number = this.#said.say(false);
    const ticket = ++this.#tickets as Ticket;
    const text =
      kind === "event" ? encode(["event", "news", number]) : encode(["call", ticket, "locate", number]);
    const record = { ticket, text, bytes: text.length + bytes, kind, idempotent: false };
    if (!session.end.send(record)) {
      this.#said.unsay(number);
      return false;
    }
    this.#pending.set(ticket, { number, kind });
    return true;
  }

  #acked(ticket: number): void {
    if (this.#pending.get(ticket)?.kind === "event") this.#settle(ticket, "delivered");
  }

  #settle(ticket: number, fate: "delivered" | "in doubt" | "not sent" | "refused"): void {
    const pending = this.#pending.get(ticket);
    if (!pending) return;
    this.#pending.delete(ticket);
    this.#said.settle(pending.number, fate);
  }
}
