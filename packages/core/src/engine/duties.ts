/** What the peer asked of us and we have not settled. */
interface Duty {
  /** Items that may be sent; `undefined`: a call. */
  credit: number | undefined;
  isCancelled: boolean;
}

/** An item costs credit, a note does not, and the last answer settles. */
export type Answer = "item" | "note" | "last";

/** How much a peer may ask of us at a time. */
export interface DutyLimits {
  readonly callsInFlight: number;
  readonly streams: number;
}

/** The peer's calls and streams. A slot is held until its handler has settled, cancelled or not. PROTOCOL.md section 4. */
export class Duties {
  readonly #limits: DutyLimits;
  readonly #open: Map<number, Duty> = new Map();
  #streams = 0;

  constructor(limits: DutyLimits) {
    this.#limits = limits;
  }

  /** The ids of all that are open. */
  get ids(): readonly number[] {
    return [...this.#open.keys()];
  }

  /** A call, or a stream with a credit. */
  add(id: number, credit?: number): "open" | "busy" | "violated" {
    if (this.#open.has(id)) return "violated";
    const isStream = credit !== undefined;
    const { streams, callsInFlight } = this.#limits;
    if (isStream ? this.#streams >= streams : this.#open.size - this.#streams >= callsInFlight) return "busy";
    if (isStream) this.#streams++;
    this.#open.set(id, { credit, isCancelled: false });
    return "open";
  }

  /** The peer takes more items. Whether that concerns anybody. */
  credit(id: number, items: number): boolean {
    const duty = this.#open.get(id);
    if (duty?.credit === undefined) return false;
    duty.credit += items;
    return true;
  }

  /** The peer wants no answer any more. Whether that concerns anybody. */
  cancel(id: number): boolean {
    const duty = this.#open.get(id);
    if (!duty || duty.isCancelled) return false;
    return (duty.isCancelled = true);
  }

  /** Whether one item more may be sent. */
  mayBring(id: number): boolean {
    const duty = this.#open.get(id);
    return duty !== undefined && !duty.isCancelled && (duty.credit ?? 0) > 0;
  }

  /** Something is said about it: whether it is owed. */
  answer(id: number, what: Answer): boolean {
    const duty = this.#open.get(id);
    if (!duty) return false;
    const isStream = duty.credit !== undefined;
    if (what === "last") this.#open.delete(id);
    if (what === "last" && isStream) this.#streams--;
    if (what === "item" && duty.credit !== undefined) duty.credit--;
    return !duty.isCancelled;
  }
}
