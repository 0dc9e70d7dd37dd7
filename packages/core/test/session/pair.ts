import { type SeededRandom, seededRandom } from "../../../testing/src/index.ts";
import type { Outgoing, Ticket } from "../../src/session/outbox.ts";
import {
  impossible,
  Session,
  type SessionLimits,
  type Violation,
  type Writing,
} from "../../src/session/session.ts";

/** One end with the program that uses it: what it sent, what it got, what it knows to be delivered. */
export class End {
  readonly session: Session<number>;
  readonly limits: SessionLimits;
  readonly sent: number[] = [];
  readonly got: number[] = [];
  readonly acked: Set<number> = new Set();
  maxBufferedBytes = 0;

  constructor(limits: SessionLimits) {
    this.limits = limits;
    this.session = new Session(limits);
  }

  /** Sends the next number, if there is room. */
  send(bytes: number): void {
    const ticket = (this.sent.length + 1) as Ticket;
    const record: Outgoing = { ticket, text: String(ticket), bytes, kind: "event", idempotent: false };
    if (this.session.push(record)) this.sent.push(ticket);
    this.maxBufferedBytes = Math.max(this.maxBufferedBytes, this.session.bufferedBytes);
  }

  /** Everything that the session wants written. */
  *writings(tellsNow: boolean): Generator<Writing> {
    for (let writing = this.session.next(tellsNow); writing; writing = this.session.next(tellsNow))
      yield writing;
  }

  receive({ batch, ack }: Writing): Violation | undefined {
    if (batch) {
      const incoming = batch.records.map(({ text }) => Number(text));
      const bytes = batch.records.reduce((sum, record) => sum + record.bytes, 0);
      const violation = this.session.receive(batch.offset, incoming, bytes / incoming.length);
      if (violation) return violation;
    }
    return ack === undefined || this.settle(this.session.acknowledge(ack)) ? undefined : impossible;
  }

  settle(tickets: readonly Ticket[] | undefined): boolean {
    for (const ticket of tickets ?? []) {
      if (this.acked.has(ticket)) throw new Error(`${ticket} was settled twice`);
      this.acked.add(ticket);
    }
    return tickets !== undefined;
  }

  /** Hands over some of what waits. */
  handOver(most: number): void {
    for (let i = 0; i < most; i++) {
      const number = this.session.take();
      if (number === undefined) return;
      this.got.push(number);
    }
  }
}

/** What a network may do to frames. Each a chance in [0, 1). */
export interface Faults {
  readonly drop: number;
  readonly double: number;
  readonly replay: number;
  readonly cut: number;
}

/** Two ends and a network that delivers frame by frame, on which things go wrong. The seed decides all of it. */
export class Pair {
  readonly a: End;
  readonly b: End;
  readonly random: SeededRandom;
  readonly violations: Violation[] = [];
  #toA: Writing[] = [];
  #toB: Writing[] = [];
  #past: { readonly to: End; readonly writing: Writing }[] = [];
  readonly #faults: Faults;

  constructor(seed: number, limits: SessionLimits, faults: Faults) {
    this.random = seededRandom(seed);
    this.a = new End(limits);
    this.b = new End(limits);
    this.#faults = faults;
    this.connect();
  }

  /** A new link: each end hears the other's position. What was on its way is gone. */
  connect(): void {
    const { a, b } = this;
    this.#toA = [];
    this.#toB = [];
    this.#past = [];
    a.session.detach();
    b.session.detach();
    const fine = [
      a.settle(
        a.session.attach(b.session.position, { window: b.limits.windowBytes, maxMessageBytes: 1_000 }),
      ),
      b.settle(
        b.session.attach(a.session.position, { window: a.limits.windowBytes, maxMessageBytes: 1_000 }),
      ),
    ];
    if (fine.includes(false)) throw new Error("a position was refused");
  }

  /** Something happens. */
  step(faults: Faults = this.#faults): void {
    const { random, a, b } = this;
    const happens = (chance: number): boolean => random.next() < chance;
    const end = random.pick([a, b]);
    if (happens(0.5)) end.send(happens(0.1) ? random.integer(60, 200) : random.integer(1, 20));
    this.#flush(random.next() < 0.7, faults);
    const [to, line] = happens(0.5) ? [a, this.#toA] : [b, this.#toB];
    const writing = line.shift();
    if (writing) this.#deliver(to, writing);
    if (happens(0.8)) random.pick([a, b]).handOver(random.integer(1, 3));
    if (happens(faults.replay) && this.#past.length) {
      const old = random.pick(this.#past);
      this.#deliver(old.to, old.writing);
    }
    if (happens(faults.cut)) this.connect();
  }

  /** No faults any more, until nothing moves. */
  heal(): void {
    this.connect();
    for (let round = 0; round < 10_000; round++) {
      this.#flush(true, { drop: 0, double: 0, replay: 0, cut: 0 });
      if (!this.#toA.length && !this.#toB.length) return;
      for (const writing of this.#toA.splice(0)) this.#deliver(this.a, writing);
      for (const writing of this.#toB.splice(0)) this.#deliver(this.b, writing);
      this.a.handOver(Infinity);
      this.b.handOver(Infinity);
    }
    throw new Error("it never comes to rest");
  }

  #flush(tellsNow: boolean, { drop, double }: Faults): void {
    for (const [from, line, to] of [
      [this.a, this.#toB, this.b],
      [this.b, this.#toA, this.a],
    ] as const) {
      for (const writing of from.writings(tellsNow)) {
        if (this.random.next() < drop) continue;
        line.push(writing);
        if (this.random.next() < double) line.push(writing);
        this.#past.push({ to, writing });
      }
    }
  }

  #deliver(to: End, writing: Writing): void {
    const violation = to.receive(writing);
    if (!violation) return;
    this.violations.push(violation);
    this.connect();
  }
}
