import { type Answered, isLast } from "../protocol/direction.ts";

/** What the peer asked of us and we have not settled. */
interface Duty {
  /** Items that may be sent; `undefined`: a call. */
  credit: number | undefined;
  /** It was cancelled, or its last answer is said: nothing more is answered. */
  isOver: boolean;
}

/** How much a peer may ask of us at a time. */
export interface DutyLimits {
  readonly callsInFlight: number;
  readonly streams: number;
}

/** The peer's calls and streams. A slot is held until its handler has settled, cancelled or not, and its answer has found room. PROTOCOL.md section 4. */
export class Duties {
  readonly #limits: DutyLimits;
  /** By id. */
  readonly open: Map<number, Duty> = new Map();
  /** How many of them are streams. */
  streams = 0;

  constructor(limits: DutyLimits) {
    this.#limits = limits;
  }

  /** A call, or a stream with a credit: whether there is a slot for it. */
  add(id: number, credit?: number): true | "busy" | "violated" {
    if (this.open.has(id)) return "violated";
    const isStream = credit !== undefined;
    const { streams, callsInFlight } = this.#limits;
    if (isStream ? this.streams >= streams : this.open.size - this.streams >= callsInFlight) return "busy";
    if (isStream) this.streams++;
    this.open.set(id, { credit, isOver: false });
    return true;
  }

  /** The peer takes more items. Whether that concerns anybody. */
  credit(id: number, items: number): boolean {
    const duty = this.open.get(id);
    if (duty?.credit === undefined) return false;
    duty.credit += items;
    return true;
  }

  /** The peer wants no answer any more. Whether that concerns anybody. */
  cancel(id: number): boolean {
    const duty = this.open.get(id);
    if (!duty || duty.isOver) return false;
    return (duty.isOver = true);
  }

  /** Whether one item more may be sent. */
  mayBring(id: number): boolean {
    const duty = this.open.get(id);
    return !!duty && !duty.isOver && (duty.credit as number) > 0;
  }

  /** Something is said about it: whether it is owed. An item costs credit. */
  answer(id: number, kind: Answered[0]): boolean {
    const duty = this.open.get(id);
    if (!duty) return false;
    const isOwed = !duty.isOver;
    // Only a stream has items.
    if (kind === "item") (duty.credit as number)--;
    if (isLast(kind)) {
      duty.isOver = true;
      if (!isOwed) this.release(id);
    }
    return isOwed;
  }

  /** Its slot is free. */
  release(id: number): void {
    if (this.open.get(id)?.credit !== undefined) this.streams--;
    this.open.delete(id);
  }
}
