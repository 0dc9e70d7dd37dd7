import {
  type Answered,
  encode,
  type End,
  isLast,
  type Ticket,
  type WireRecord,
} from "@holdfast/core/session";
import type { Action } from "./case.ts";
import type { Names } from "./names.ts";
import { Sayings } from "./sayings.ts";
import type { Turn } from "./turn.ts";

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

/** What an application does with its end and nothing else. */
type OwnAction = Exclude<Action, string | { readonly volatile: unknown } | { readonly publish: unknown }>;

/** A program that does what its case says, and tells what it hears. */
export class Application {
  readonly sayings: Sayings;
  /** How many records it takes before it stops. */
  appetite: number = Infinity;
  #turn: Turn | undefined;
  readonly #names: Names;
  readonly #end: () => End;
  /** What producers have ready, by the peer's ids. */
  readonly #ready: Map<number, Answered[]> = new Map();
  readonly #cancelled: Set<number> = new Set();
  /** Its handlers that run, by the peer's ids. */
  readonly #running: Set<number> = new Set();

  constructor(names: Names, end: () => End) {
    this.#names = names;
    this.#end = end;
    this.sayings = new Sayings(names, end);
  }

  begin(turn: Turn): void {
    this.#turn = this.sayings.turn = turn;
  }

  does(action: OwnAction): void {
    if ("take" in action) this.appetite = action.take;
    else if ("withdraw" in action) this.sayings.withdraw(action.withdraw);
    else if ("say" in action) this.sayings.say(action.say, action);
    else this.#speak(action);
  }

  /** Takes what is handed over, as far as it has appetite. */
  takeAll(): void {
    while (this.appetite > 0) {
      const record = this.#end().handOver();
      if (!record) break;
      this.appetite--;
      this.hear(record);
    }
  }

  hear(record: WireRecord): void {
    // How much may be brought is between the two ends.
    if (record[0] === "credit") return;
    this.#turn?.hears.push(record.slice(0, lengths[record[0]]));
    if (record[0] === "cancel") this.#cancelled.add(record[1]);
    if (record[0] === "call" || record[0] === "open") this.#running.add(record[1]);
    if (record[0] !== "event" && record[0] !== "call" && record[0] !== "open") this.sayings.hear(record);
  }

  /** Nobody wants what its handlers say any more. */
  abort(): void {
    this.#turn?.aborts.push(...this.#running);
    this.#running.clear();
  }

  /** Its session is over, and what it had ready for it. */
  drop(): void {
    this.#ready.clear();
    this.#cancelled.clear();
  }

  /** Answers what it has answers for; a producer goes on when there is credit for its next item. */
  answerAll(): void {
    const end = this.#end();
    for (const [id, ready] of this.#ready) {
      for (let next = ready[0]; next; next = ready[0]) {
        if (next[0] === "item" && !end.mayBring(id) && !this.#cancelled.has(id)) break;
        ready.shift();
        const text = encode(next);
        if (isLast(next[0])) this.#running.delete(id);
        end.answer(id, text, Buffer.byteLength(text), next[0]);
      }
    }
  }

  #speak(said: readonly unknown[]): void {
    const [kind, id] = said as readonly [string, string];
    if (kind === "event" || kind === "call" || kind === "open") return this.sayings.say(said);
    if (kind === "cancel") return this.sayings.withdraw(id);
    const record = this.#names.fill(said) as Answered | (WireRecord & readonly ["credit", ...unknown[]]);
    if (record[0] === "credit") return this.#end().credit(record[1] as Ticket, record[2]);
    const ready = this.#ready.get(record[1]) ?? [];
    this.#ready.set(record[1], [...ready, record]);
  }
}
