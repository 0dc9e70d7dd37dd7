import {
  closeCodes,
  ClientEngine,
  type ClientHeard,
  type ClientLimits,
  encode,
  type Kept,
  type Ticket,
  type WireRecord,
} from "@holdfast/core/session";
import type { Effect } from "../../../core/src/connection/effect.ts";
import type { Event } from "../../../core/src/connection/event.ts";
import type { Policy } from "../../../core/src/connection/policy.ts";
import { type Closing, initial, type State } from "../../../core/src/connection/state.ts";
import { transition } from "../../../core/src/connection/transition.ts";
import type { Why } from "../../../core/src/connection/why.ts";
import type { SeededRandom } from "../../../testing/src/index.ts";
import { type Agenda, Alarm } from "./agenda.ts";
import type { Ledger } from "./ledger.ts";
import type { Network, Side, Wire } from "./network.ts";

export const clientLimits: ClientLimits = {
  outboxBytes: 600,
  windowBytes: 300,
  frameBytes: 160,
  maxMessageBytes: 4_000,
  callsInFlight: 4,
  streams: 2,
  ackDelayMs: 100,
};

/** What somebody waits for. */
interface Pending {
  readonly kind: "event" | "call" | "stream";
  readonly number: number;
  /** Of a stream: the last item. */
  last: number;
}

/** A whole client without a shell: connection and session, and a program that uses them and knows what it said. */
export class SimClient implements Side {
  engine: ClientEngine = new ClientEngine(clientLimits);
  state: State = initial;
  /** Not taking anything: a slow consumer. */
  isSlow = false;
  lostSessions = 0;
  resumes = 0;
  credential = "ada";
  itemsRead = 0;
  /** What the outbox may hold: what it takes, or what a lost session left to be sent again. */
  outboxBound: number = clientLimits.outboxBytes;

  readonly #agenda: Agenda;
  readonly #network: Network;
  readonly #server: Side;
  readonly #random: SeededRandom;
  readonly #said: Ledger;
  readonly #heard: Ledger;
  readonly #pending: Map<number, Pending> = new Map();
  readonly #alarm: Alarm;
  readonly #queue: Event[] = [];
  #policy: Policy = {
    backoff: { initialMs: 100, maxMs: 2_000, factor: 2, jitter: "full", maxAttempts: Infinity },
    dialTimeoutMs: 2_000,
    closeTimeoutMs: 500,
    stableAfterMs: 1_000,
    heartbeat: undefined,
  };
  #wire: Wire | undefined;
  #heardAt = 0;
  #tickets = 0;

  constructor(
    agenda: Agenda,
    network: Network,
    server: Side,
    random: SeededRandom,
    said: Ledger,
    heard: Ledger,
  ) {
    this.#agenda = agenda;
    this.#network = network;
    this.#server = server;
    this.#random = random;
    this.#said = said;
    this.#heard = heard;
    this.#alarm = new Alarm(agenda, () => this.#ring());
  }

  // ---- what its program does

  emit(bytes: number): void {
    const isIdempotent = this.#random.next() < 0.3;
    const number = this.#said.say(isIdempotent);
    const text = encode(["event", "say", [number, "x".repeat(bytes)]]);
    this.#send("event", number, text, isIdempotent);
  }

  call(): void {
    const isIdempotent = this.#random.next() < 0.3;
    const number = this.#said.say(isIdempotent, isIdempotent);
    this.#send("call", number, encode(["call", this.#tickets + 1, "echo", number]), isIdempotent);
  }

  stream(): void {
    const number = this.#said.say(true, true);
    this.#send("stream", number, this.#opening(this.#tickets + 1, number, 0), true);
  }

  /** Gives up on something that is under way. */
  cancel(): void {
    const asks = [...this.#pending].filter(([, { kind }]) => kind !== "event");
    if (!asks.length) return;
    const [id, { number }] = this.#random.pick(asks);
    this.#pending.delete(id);
    this.#said.settle(number, this.engine.end.cancel(id as Ticket) ? "not sent" : "given up");
    this.#flush();
  }

  open = (): void => this.#dispatch({ type: "open" });
  reconnect = (): void => this.#dispatch({ type: "reconnect" });
  close = (): void => this.#dispatch({ type: "close", code: 1000, reason: "" });

  /** Goes on taking. */
  wake(): void {
    this.isSlow = false;
    this.#handOver();
    this.#flush();
  }

  get unsettled(): number {
    return this.#pending.size;
  }

  // ---- what the wire tells

  opened(wire: Wire): void {
    this.#heardAt = this.#agenda.now;
    this.#dispatch({ type: "opened", linkId: wire.id as never });
  }

  closed(wire: Wire, code: number): void {
    this.#lose(wire.id, { kind: "closed", code, reason: "", wasClean: code !== 1006 });
  }

  message(wire: Wire, text: string): void {
    if (wire !== this.#wire) return;
    this.#heardAt = this.#agenda.now;
    this.#hear(this.engine.receive(text, this.#agenda.now));
    this.#handOver();
    this.#flush();
  }

  #hear(heard: ClientHeard): void {
    switch (heard.type) {
      case "acked":
        return this.#acked(heard.tickets);
      case "reply":
        return this.#wire?.send("client", heard.text);
      case "credential":
        return this.#wire?.send("client", JSON.stringify(["auth", this.credential]));
      case "greeted":
        if (heard.outcome === "resumed") this.resumes++;
        this.#acked(heard.tickets);
        return this.#greeted();
      case "lost":
        this.lostSessions++;
        for (const { record } of heard.aftermath.delivered) this.#settle(record.ticket, "delivered");
        for (const { record } of heard.aftermath.inDoubt) this.#settle(record.ticket, "in doubt");
        for (const kept of heard.aftermath.again) this.#again(kept);
        this.outboxBound = Math.max(clientLimits.outboxBytes, this.engine.end.bufferedBytes);
        return this.#greeted();
      case "broken":
        return this.#break(heard.code);
      case "nothing":
      case "volatile":
      case "drain":
    }
  }

  #handOver(): void {
    while (!this.isSlow) {
      const record = this.engine.end.handOver();
      if (!record) break;
      this.#take(record);
    }
    if (this.engine.end.isViolated) this.#break(4000);
  }

  #take(record: WireRecord): void {
    const { end } = this.engine;
    switch (record[0]) {
      case "event":
        this.#heard.arrive(record[2] as number);
        // A handler that breaks its own link: the record was handed over all the same.
        if (this.#random.next() < 0.01) this.reconnect();
        return;
      case "call": {
        this.#heard.arrive(record[3] as number);
        const text = encode(["result", record[1], record[3]]);
        return end.answer(record[1], text, text.length, "result");
      }
      case "result":
        if (record[2] !== this.#pending.get(record[1])?.number) throw new Error("an answer to somebody else");
        return this.#settle(record[1], "delivered");
      case "error":
        return this.#settle(record[1], "refused");
      case "item": {
        const stream = this.#pending.get(record[1]) as Pending;
        if (record[2] !== ++stream.last)
          throw new Error(`item ${String(record[2])} instead of ${stream.last}`);
        this.itemsRead++;
        return end.credit(record[1] as Ticket, 1);
      }
      case "end":
        return this.#settle(record[1], "delivered");
      case "open":
      case "gap":
      case "credit":
      case "cancel":
    }
  }

  // ---- the driver

  #dispatch(event: Event): void {
    if (this.#queue.push(event) > 1) return;
    for (const next of this.#queue) {
      const vitals = { heardAt: this.#heardAt as never, drainedBytes: 0, bufferedBytes: 0 };
      const env = { now: this.#agenda.now, roll: this.#random.next(), vitals, policy: this.#policy };
      const [after, ...effects] = transition(this.state, next, env);
      const wasOver = this.state.phase === "ended";
      this.state = after;
      for (const effect of effects) this.#effects[effect]();
      if (after.phase === "ended" && !wasOver) this.#end();
    }
    this.#queue.length = 0;
    this.#alarm.set(this.state.deadline);
  }

  readonly #effects: Record<Effect, () => void> = {
    dial: () => {
      this.#wire = this.#network.dial(this, this.#server);
      // The machine counts its links as the network does.
      if (this.#wire.id !== this.state.linkId) throw new Error("a link was dialled that nobody asked for");
    },
    greet: () => this.#wire?.send("client", this.engine.hello(this.credential, 0)),
    flush: () => this.#flush(),
    ping: () => this.#wire?.send("client", "ping"),
    hangUp: () => this.#wire?.close("client", (this.state as Partial<Closing>).code ?? closeCodes.drain),
    abandon: () => {
      this.engine.detach();
      this.#wire?.close("client", 1006);
      this.#wire = undefined;
    },
    judge: () => this.#dispatch({ type: "judged" }),
  };

  #greeted(): void {
    const { intervalMs, timeoutMs } = (this.engine.terms as NonNullable<ClientEngine["terms"]>).heartbeat;
    const heartbeat = { intervalMs: intervalMs + timeoutMs / 2, timeoutMs: timeoutMs / 2 };
    this.#policy = { ...this.#policy, heartbeat };
    this.#dispatch({ type: "greeted", linkId: this.state.linkId });
  }

  #lose(linkId: number, why: Why): void {
    this.#dispatch({ type: "lost", linkId: linkId as never, why });
  }

  #break(code: number): void {
    const wire = this.#wire;
    if (!wire) return;
    wire.close("client", code);
    this.#lose(wire.id, { kind: "closed", code, reason: "", wasClean: false });
  }

  /** The connection is over, and the session with it. */
  #end(): void {
    for (const { record, offset } of this.engine.reset()) {
      this.#settle(record.ticket, offset === undefined ? "not sent" : "in doubt");
    }
  }

  #flush(): void {
    for (;;) {
      const text = this.#wire && this.engine.end.write(this.#agenda.now);
      if (text === undefined) break;
      this.#wire?.send("client", text);
    }
    this.#alarm.set(this.engine.end.ackAt);
  }

  #ring(): void {
    this.#dispatch({ type: "timer" });
    this.#flush();
  }

  #send(kind: Pending["kind"], number: number, text: string, idempotent: boolean): void {
    const ticket = ++this.#tickets as Ticket;
    const isOver = this.state.phase === "ended" || this.state.phase === "closing";
    const record = { ticket, text, bytes: text.length, kind, idempotent };
    if (isOver || !this.engine.end.send(record, kind === "stream" ? 2 : 0)) return this.#said.unsay(number);
    this.#pending.set(ticket, { kind, number, last: 0 });
    this.#flush();
  }

  #again({ record }: Kept): void {
    const pending = this.#pending.get(record.ticket) as Pending;
    const text =
      record.kind === "stream" ? this.#opening(record.ticket, pending.number, pending.last) : record.text;
    const fits = this.engine.end.send({ ...record, text, bytes: text.length }, 2, true);
    if (!fits) throw new Error("what goes again found no room");
  }

  #opening(id: number, number: number, since: number): string {
    return encode(["open", id, "count", { credit: 2, ...(since && { since }) }, number]);
  }

  #acked(tickets: readonly Ticket[]): void {
    for (const ticket of tickets) {
      if (this.#pending.get(ticket)?.kind === "event") this.#settle(ticket, "delivered");
    }
  }

  #settle(ticket: number, fate: "delivered" | "in doubt" | "not sent" | "refused"): void {
    const pending = this.#pending.get(ticket);
    if (!pending) return;
    this.#pending.delete(ticket);
    this.#said.settle(pending.number, fate);
  }
}
