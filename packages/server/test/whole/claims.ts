import { HoldfastError } from "@holdfast/core";

/** Why somebody waits no longer. */
export const givenUp: Error = new Error("given up");

/** Nothing was sent. */
const refusals = ["OUTBOX_FULL", "TOO_LARGE", "LINK_DOWN"];
/** How an event may fail. */
const mayBecome = [...refusals, "SESSION_LOST", "CLOSED"];

/** What became of what was promised, and whether that can be. */
export class Claims {
  readonly #pending = new Map<string, Promise<unknown>>();
  /** Events by ticket: that the other end has it, never had it, or may have had it. */
  readonly #fates = new Map<number, "had" | "never" | "perhaps">();
  /** Events that are neither known to be had nor failed. */
  readonly undecided: Set<number> = new Set();
  readonly complaints: string[];
  /** How everything may fail here, besides. */
  readonly mayFail: string[] = [];
  #made = 0;

  constructor(complaints: string[] = []) {
    this.complaints = complaints;
  }

  /** Whose promises have not settled. */
  get open(): readonly string[] {
    return [...this.#pending.keys()];
  }

  complain(words: string): void {
    this.complaints.push(words);
  }

  /** An event: it resolves only if the other end `got` it, and says "never" only if it never does. */
  event(ticket: number, name: string, promise: Promise<unknown>, got: readonly number[]): void {
    this.undecided.add(ticket);
    this.#watch(name, promise, (error) => {
      this.undecided.delete(ticket);
      if (error !== undefined) this.#expect(name, error, mayBecome);
      if (error === undefined && !got.includes(ticket)) this.complain(`${name} ${ticket} resolved, not got`);
      this.#fates.set(ticket, error === undefined ? "had" : neverHad(error) ? "never" : "perhaps");
    });
  }

  /** A call: its answer is `right`, or its error one of these. */
  call(name: string, promise: Promise<unknown>, right: unknown, allowed: readonly string[]): void {
    this.#watch(name, promise, (error, value) => {
      if (error !== undefined) this.#expect(name, error, allowed);
      else if (value !== right) this.complain(`${name} said ${String(value)} and not ${String(right)}`);
    });
  }

  /** A stream that is read: items from 1 on without a gap, to the end or to an error that may be. */
  stream(
    name: string,
    items: AsyncIterable<number>,
    to: number,
    allowed: readonly string[],
    pause: () => Promise<void>,
  ): void {
    const read = async (): Promise<void> => {
      let last = 0;
      for await (const item of items) {
        if (item !== last + 1) this.complain(`${name}: ${item} after ${last}`);
        last = item;
        await pause();
      }
      if (last !== to) this.complain(`${name} ended at ${last} of ${to}`);
    };
    this.#watch(name, read(), (error) => error !== undefined && this.#expect(name, error, allowed));
  }

  /** What is known of an event. */
  fateOf(ticket: number): "had" | "never" | "perhaps" | undefined {
    return this.#fates.get(ticket);
  }

  /** Every event as it was told; `got` are those that were handed over. */
  settle(got: Iterable<number>): void {
    const all = new Set(got);
    for (const [ticket, fate] of this.#fates) {
      if (fate !== "perhaps" && all.has(ticket) !== (fate === "had")) this.complain(`${ticket}: ${fate} had`);
    }
  }

  #expect(name: string, error: unknown, allowed: readonly string[]): void {
    const code = HoldfastError.is(error, "REMOTE") ? error.remote.code : (error as HoldfastError).code;
    if (error === givenUp || allowed.includes(code) || this.mayFail.includes(code)) return;
    this.complain(`${name}: ${String(error)}`);
  }

  #watch(name: string, promise: Promise<unknown>, settled: (error: unknown, value?: unknown) => void): void {
    const key = `${name} #${++this.#made}`;
    this.#pending.set(key, promise);
    promise
      .then(
        (value) => settled(undefined, value),
        (error: unknown) => settled(error ?? "nothing"),
      )
      .finally(() => this.#pending.delete(key));
  }
}

/** Every event at most once, in the order of their tickets. */
export function inOrder(where: string, row: readonly number[]): readonly string[] {
  const wrong = row.findIndex((ticket, i) => i > 0 && ticket <= (row[i - 1] as number));
  return wrong > 0 ? [`${where}: ${row[wrong]} after ${row[wrong - 1]}`] : [];
}

function neverHad(error: unknown): boolean {
  if (HoldfastError.is(error, "SESSION_LOST")) return !error.inDoubt;
  return refusals.includes((error as HoldfastError).code);
}
