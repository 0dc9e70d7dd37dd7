import {
  type Aftermath,
  encode,
  encodeRecord,
  type End,
  type Kept,
  nobody,
  type Outgoing,
  type Ticket,
  type WireRecord,
} from "@holdfast/core/session";
import type { Action } from "./case.ts";
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

const kinds: Readonly<Record<string, Outgoing["kind"]>> = { event: "event", call: "call", open: "stream" };

/** How many elements of a record mean something; a later version may add more. */
const lengths: Readonly<Record<WireRecord[0], number>> = {
  event: 3,
  call: 4,
  result: 3,
  error: 3,
  open: 5,
  item: 3,
  end: 2,
  gap: 2,
  credit: 3,
  cancel: 2,
};

/** A program that does what its case says, and tells what it hears. */
export class Application {
  turn: Turn | undefined;
  /** How many records it takes before it stops. */
  appetite: number = Infinity;
  readonly #names: Names;
  readonly #end: () => End;
  #tickets = 0;
  readonly #pending: Map<Ticket, Pending> = new Map();
  /** What producers have ready, by the peer's ids. */
  readonly #ready: Map<number, WireRecord[]> = new Map();
  readonly #cancelled: Set<number> = new Set();

  constructor(names: Names, end: () => End) {
    this.#names = names;
    this.#end = end;
  }

  /** Whatever it can do without its end's link. */
  does(
    action: Exclude<Action, string | { readonly volatile: unknown } | { readonly publish: unknown }>,
  ): void {
    if ("take" in action) this.appetite = action.take;
    else if ("withdraw" in action) this.#withdraw(action.withdraw);
    else if ("say" in action) this.say(action.say, action);
    else if (typeof action[0] === "string" && action[0] in kinds) this.say(action);
    else this.#speak(this.#names.fill(action) as WireRecord);
  }

  /** Says or asks something. False: there was no room. */
  say(
    said: readonly unknown[],
    { as, idempotent = false, cursor = false }: { as?: string; idempotent?: boolean; cursor?: boolean } = {},
  ): boolean {
    const kind = kinds[String(said[0])] ?? "event";
    const ticket = ++this.#tickets as Ticket;
    if (kind !== "event") this.#names.bind(String(said[1]), ticket);
    const record = this.#names.fill(said);
    const name = kind === "event" ? as : String(said[1]);
    const isTaken = this.#send(record, ticket, kind, idempotent);
    if (isTaken) this.#pending.set(ticket, { name, record, hasCursor: cursor, since: undefined });
    else if (name !== undefined) this.turn?.settle(name, "OUTBOX_FULL");
    return isTaken;
  }

  /** Takes what is handed over, as far as it has appetite. */
  takeAll(): void {
    while (this.appetite > 0) {
      const record = this.#end().take();
      if (!record) break;
      this.appetite--;
      this.hear(record);
    }
    this.#bring();
  }

  hear(record: WireRecord): void {
    // How much may be brought is between the two ends.
    if (record[0] === "credit") return;
    this.turn?.hears.push(record.slice(0, lengths[record[0]]));
    if (record[0] === "cancel") this.#cancelled.add(record[1]);
    const one = typeof record[1] === "number" ? this.#pending.get(record[1] as Ticket) : undefined;
    if (record[0] === "result" || record[0] === "error" || record[0] === "end") {
      this.#pending.delete(record[1] as Ticket);
    }
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

  /** The session was lost; a client goes on in a new one. */
  lost({ delivered, again, inDoubt }: Aftermath, next: "again" | "never"): void {
    this.#ready.clear();
    this.#cancelled.clear();
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
    if (record.kind !== "stream" || !one) {
      return this.#end().send(record);
    }
    if (offset !== undefined && !one.hasCursor) return false;
    const [, id, name, opening, ...input] = one.record;
    const since = one.since === undefined ? {} : { since: one.since };
    const open = ["open", id, name, { ...(opening as object), ...since }, ...input];
    return this.#send(open, record.ticket, "stream", record.idempotent);
  }

  #send(record: readonly unknown[], ticket: Ticket, kind: Outgoing["kind"], idempotent: boolean): boolean {
    const text = encodeRecord(record as WireRecord);
    const credit = kind === "stream" ? (record[3] as { credit: number }).credit : 0;
    return this.#end().send({ ticket, text, bytes: Buffer.byteLength(text), kind, idempotent }, credit);
  }

  #withdraw(name: string): void {
    for (const [ticket, one] of this.#pending) {
      if (one.name !== name) continue;
      this.turn?.settle(name, this.#end().withdraw(ticket) ? "not sent" : "given up");
      this.#pending.delete(ticket);
    }
  }

  #speak(record: WireRecord): void {
    const end = this.#end();
    switch (record[0]) {
      case "credit":
        return end.credit(record[1] as Ticket, record[2]);
      case "cancel": {
        const one = this.#pending.get(record[1] as Ticket);
        if (!one) return;
        const isUnsaid = end.cancel(record[1] as Ticket);
        return this.settle(record[1] as Ticket, isUnsaid ? "not sent" : "given up");
      }
      case "item":
      case "end":
      case "gap":
      case "result":
      case "error": {
        const ready = this.#ready.get(record[1]) ?? [];
        ready.push(record);
        this.#ready.set(record[1], ready);
        return;
      }
      default:
        throw new Error(`nobody says ${record[0]}`);
    }
  }

  /** A producer goes on when there is credit for its next item. */
  #bring(): void {
    const end = this.#end();
    for (const [id, ready] of this.#ready) {
      for (let next = ready[0]; next; next = ready[0]) {
        if (next[0] === "item" && !end.mayBring(id) && !this.#cancelled.has(id)) break;
        ready.shift();
        const text = encodeRecord(next);
        const what = next[0] === "item" ? "item" : next[0] === "gap" ? "note" : "last";
        end.answer(id, text, Buffer.byteLength(text), what);
      }
    }
  }
}

/** A record that many get: nobody waits for it. */
export function publication(record: readonly unknown[]): Outgoing {
  const text = encodeRecord(record as WireRecord);
  return { ticket: nobody, text, bytes: Buffer.byteLength(text), kind: "event", idempotent: false };
}

/** A record outside of every guarantee, as its frame. */
export function volatile(record: readonly unknown[]): string {
  return encode(["volatile", [record as WireRecord]]);
}
