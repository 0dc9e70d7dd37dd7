/** What became of one thing that was said. */
interface Entry {
  readonly number: number;
  readonly isIdempotent: boolean;
  /** An ask that may be asked again comes again when its answer was lost, even if it was refused the first time. */
  readonly mayComeLate: boolean;
  /** How often it was handed over. */
  arrivals: number;
  fate: "open" | "delivered" | "in doubt" | "not sent" | "refused" | "given up";
}

/** Everything that one end said to the other, and what the other got: the truth that neither of them sees. */
export class Ledger {
  readonly #name: string;
  readonly #entries: Map<number, Entry> = new Map();
  #count = 0;
  #lastNew = 0;

  constructor(name: string) {
    this.#name = name;
  }

  get size(): number {
    return this.#count;
  }

  /** Something is about to be said. */
  say(isIdempotent: boolean, mayComeLate = false): number {
    const number = ++this.#count;
    this.#entries.set(number, { number, isIdempotent, mayComeLate, arrivals: 0, fate: "open" });
    return number;
  }

  /** It was refused at once. */
  unsay(number: number): void {
    this.#entries.delete(number);
  }

  /** It arrived: once, and in the order of saying. */
  arrive(number: number): void {
    const entry = this.#entries.get(number);
    if (!entry) throw new Error(`${this.#name} ${number} arrived and was never said`);
    entry.arrivals++;
    if (entry.arrivals > 1) {
      if (!entry.isIdempotent) throw new Error(`${this.#name} ${number} arrived twice`);
      return;
    }
    if (entry.fate === "not sent" && !entry.mayComeLate)
      throw new Error(`${this.#name} ${number} arrived, but was called off or refused`);
    // Somebody else's session goes on, and its old link may bring what was on its way: in doubt is what its sender was told.
    if (entry.mayComeLate || entry.fate === "in doubt" || entry.fate === "given up") return;
    if (number < this.#lastNew) throw new Error(`${this.#name} ${number} arrived after ${this.#lastNew}`);
    this.#lastNew = number;
  }

  /** Its sender was told what became of it. */
  settle(number: number, fate: Exclude<Entry["fate"], "open">): void {
    const entry = this.#entries.get(number);
    if (!entry) throw new Error(`${this.#name} ${number} was settled and never said`);
    if (entry.fate !== "open") throw new Error(`${this.#name} ${number} was settled twice`);
    entry.fate = fate;
    if (fate === "delivered" && !entry.arrivals)
      throw new Error(`${this.#name} ${number}: told, but never arrived`);
    // What is asked again may have been had the first time, whatever becomes of the second.
    const wasCalledOff = (fate === "not sent" || fate === "refused") && !entry.mayComeLate;
    if (wasCalledOff && entry.arrivals)
      throw new Error(`${this.#name} ${number}: arrived, and was called off or refused`);
  }

  /** The network has healed: nothing is open any more. */
  close(): void {
    for (const { number, fate } of this.#entries.values()) {
      if (fate === "open") throw new Error(`${this.#name} ${number} was never settled`);
    }
  }

  /** Things whose sender was told nothing certain. */
  get inDoubt(): number {
    return [...this.#entries.values()].filter(({ fate }) => fate === "in doubt").length;
  }
}
