import type { Kept, Outgoing, Ticket } from "../session/outbox.ts";

/** What we asked and is not answered. Kept beyond its ack: that a call arrived is not its answer. */
export class Asks {
  readonly #open: Map<number, { readonly record: Outgoing; credit: number }> = new Map();

  /** A call, or a stream that may bring `credit` items. */
  add(record: Outgoing, credit: number): void {
    this.#open.set(record.ticket, { record, credit });
  }

  /** Nobody waits any more. */
  delete(id: Ticket): boolean {
    return this.#open.delete(id);
  }

  /** A stream may bring so many items more. */
  credit(id: Ticket, items: number): void {
    const ask = this.#open.get(id);
    if (ask) ask.credit += items;
  }

  /** An answer arrived: whether somebody waits for it, or it is none of this ask. PROTOCOL.md section 4.1. */
  hear(kind: "result" | "error" | "item" | "end" | "gap", id: number): boolean | "violated" {
    const ask = this.#open.get(id);
    if (!ask) return false;
    const isStream = ask.record.kind === "stream";
    if (kind !== "error" && isStream === (kind === "result")) return "violated";
    if (kind === "item") return ask.credit-- > 0 || "violated";
    if (kind !== "gap") this.#open.delete(id);
    return true;
  }

  /**
   * What a lost session leaves: of `unacknowledged` what still waits for something, and before it what was acknowledged
   * and not answered. In the order of sending.
   */
  leave(unacknowledged: readonly Kept[]): readonly Kept[] {
    const inOutbox = new Set(unacknowledged.map(({ record }) => record.ticket));
    const answerless = [...this.#open.values()].flatMap(({ record }) =>
      inOutbox.has(record.ticket) ? [] : [{ record, offset: 0 }],
    );
    const isWaited = ({ record: { kind, ticket } }: Kept): boolean =>
      kind === "event" || this.#open.has(ticket);
    const all = [...answerless, ...unacknowledged.filter(isWaited)];
    this.#open.clear();
    return all;
  }
}
