import {
  type Aftermath,
  encode,
  type End,
  type Kept,
  nobody,
  type Outgoing,
  type Ticket,
  type WireRecord,
} from "@holdfast/core/session";
import type { Names } from "./names.ts";
import type { Turn } from "./turn.ts";

type Cursor = string | number | undefined;

/** Something that was said, and whose fate somebody waits for. */
interface Pending {
  readonly name: string | undefined;
  readonly record: readonly unknown[];
  readonly hasCursor: boolean;
  since: Cursor;
}

/** How something is said. */
export interface Manner {
  readonly as?: string;
  readonly idempotent?: boolean;
  readonly cursor?: boolean;
}

const kinds: Readonly<Record<string, Outgoing["kind"]>> = { event: "event", call: "call", open: "stream" };

/** What an application said and asked, and what became of it. */
export class Sayings {
  turn: Turn | undefined;
  readonly #names: Names;
  readonly #end: () => End;
  readonly #pending: Map<Ticket, Pending> = new Map();
  #tickets = 0;

  constructor(names: Names, end: () => End) {
    this.#names = names;
    this.#end = end;
  }

  /** Says or asks something; there may be no room for it. */
  say(said: readonly unknown[], { as, idempotent = false, cursor = false }: Manner = {}): void {
    const kind = kinds[String(said[0])];
    if (!kind) throw new Error(`nobody says ${String(said[0])}`);
    const ticket = ++this.#tickets as Ticket;
    if (kind !== "event") this.#names.bind(String(said[1]), ticket);
    const record = this.#names.fill(said);
    this.#pending.set(ticket, {
      name: kind === "event" ? as : String(said[1]),
      record,
      hasCursor: cursor,
      since: undefined,
    });
    if (!this.#send(record, ticket, kind, idempotent)) this.settle(ticket, "OUTBOX_FULL");
  }

  /** An answer was handed over. */
  hear(record: WireRecord): void {
    const id = record[1] as Ticket;
    if (record[0] === "result" || record[0] === "error" || record[0] === "end") this.#pending.delete(id);
    const one = this.#pending.get(id);
    if (record[0] === "item" && one) one.since = (record[2] as { id?: Cursor } | undefined)?.id;
  }

  acked(tickets: readonly Ticket[]): void {
    for (const ticket of tickets) {
      if (this.#pending.get(ticket)?.record[0] === "event") this.settle(ticket, "delivered");
    }
  }

  settle(ticket: Ticket, fate: string): void {
    const one = this.#pending.get(ticket);
    this.#pending.delete(ticket);
    if (one?.name !== undefined) this.turn?.settle(one.name, fate);
  }

  /** Takes back what was never written; else somebody just stops waiting. */
  withdraw(name: string): void {
    for (const [ticket, one] of this.#pending) {
      if (one.name !== name) continue;
      const end = this.#end();
      const isUnsaid = end.cancel(ticket);
      this.settle(ticket, isUnsaid ? "not sent" : "given up");
    }
  }

  /** The session was lost; a client goes on in a new one. */
  lost({ delivered, again, inDoubt }: Aftermath, next: "again" | "never"): void {
    for (const { record } of delivered) this.settle(record.ticket, "delivered");
    for (const { record } of inDoubt) this.settle(record.ticket, "in doubt");
    for (const kept of again) {
      if (next === "again" && this.#again(kept)) continue;
      this.settle(kept.record.ticket, kept.offset === undefined ? "not sent" : "in doubt");
    }
  }

  /** Another page goes on: nobody waits for what this one asked. */
  forget(): void {
    this.#pending.clear();
  }

  #again({ record, offset }: Kept): boolean {
    const one = this.#pending.get(record.ticket);
    if (record.kind !== "stream" || !one) return this.#end().send({ ...record, offset });
    if (offset !== undefined && !one.hasCursor) return false;
    const [, id, name, opening, ...input] = one.record;
    const since = one.since === undefined ? {} : { since: one.since };
    const open = ["open", id, name, { ...(opening as object), ...since }, ...input];
    return this.#send(open, record.ticket, "stream", record.idempotent);
  }

  #send(record: readonly unknown[], ticket: Ticket, kind: Outgoing["kind"], idempotent: boolean): boolean {
    const credit = kind === "stream" ? (record[3] as { credit: number }).credit : 0;
    return this.#end().send({ ...textOf(record), ticket, kind, idempotent }, credit);
  }
}

/** A record that many get: nobody waits for it. */
export function publication(record: readonly unknown[]): Outgoing {
  return { ...textOf(record), ticket: nobody, kind: "event", idempotent: false };
}

/** A record outside of every guarantee, as its frame. */
export function volatile(record: readonly unknown[]): string {
  return encode(["volatile", [record as WireRecord]]);
}

function textOf(record: readonly unknown[]): { readonly text: string; readonly bytes: number } {
  const text = encode(record as WireRecord);
  return { text, bytes: Buffer.byteLength(text) };
}
