import type { Client, InDoubt } from "@holdfast/browser";
import * as z from "zod/mini";
import type { contract } from "./contract.ts";
import { add, range, Ranges, union } from "./numbers.ts";
import { type Row, row } from "./row.ts";
import { type Answer, Count, type Saying } from "./saying.ts";
import { KeptTally, Tally } from "./tally.ts";

/** A {@link Ledger} in writing. */
export const KeptLedger = z.object({
  /** Whose numbers these are, as the server calls it. */
  account: z.optional(z.string()),
  /** The last number before the server counted. */
  base: z.int(),
  said: z.int(),
  /** Of these we were told that they failed, or may have. */
  told: Ranges,
  heard: KeptTally,
  /** What the server counted. */
  count: Count,
  /** The last number that it counts, or misses. */
  checked: z.int(),
  links: z.int(),
  resumed: z.int(),
  lost: z.int(),
});
type Kept = z.output<typeof KeptLedger>;

const nothing: Count = { received: [], doubled: 0, reordered: 0, said: 0, doubted: [] };
const fresh = {
  account: undefined,
  base: 0,
  said: 0,
  told: [],
  count: nothing,
  checked: 0,
  links: 0,
  resumed: 0,
  lost: 0,
};

/** A client's numbers, and what both ends counted. A page takes it along when it is loaded again. */
export class Ledger {
  readonly #client: Client<typeof contract>;
  readonly #listeners: Set<() => void> = new Set();
  #heard: Tally;
  #kept: Omit<Kept, "heard">;

  constructor(client: Client<typeof contract>, kept?: Kept) {
    this.#client = client;
    this.#heard = new Tally(kept?.heard);
    this.#kept = kept ?? fresh;
    const { session } = client;
    client.on("account", ({ id }) => this.#open(id));
    client.on("said", (answer) => this.#hear(answer));
    session.on("opened", () => this.#note({ links: this.links + 1 }));
    session.on("resumed", () => this.#note({ links: this.links + 1, resumed: this.resumed + 1 }));
    session.on("lost", ({ inDoubt }) => this.#lose(inDoubt));
  }

  /** Says something, under the next number. `delivered` resolves when the server has it. */
  say(
    text: string,
    burst?: "first" | number,
  ): { readonly saying: Saying; readonly delivered: Promise<void> } {
    const n = this.next;
    const saying = { n, text, at: new Date(), burst: burst === "first" ? n : burst };
    const delivered = this.#client.emit("say", saying);
    // Whatever went wrong, it was told: nothing that fails is lost without a word.
    delivered.catch(() => this.#tell(n));
    this.#note({ said: n });
    return { saying, delivered };
  }

  /** Asks the server what it counted. @throws HoldfastError what `call` does */
  async check(): Promise<void> {
    const { said } = this.#kept;
    const count = await this.#client.call("ledger");
    // What was heard in the same turn as the answer is newer than the answer.
    const received = union(count.received, this.#kept.count.received);
    this.#kept = { ...this.#kept, count: { ...count, received }, checked: said };
    this.#begin();
  }

  /** Calls `listener` when something was said, heard or lost. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** The number of the next thing that is said. */
  get next(): number {
    return this.#kept.said + 1;
  }

  /** From here to the server. */
  get up(): Row {
    const { base, said, told, checked, count } = this.#kept;
    return row(said - base, count, range(base + 1, checked), told);
  }

  /** From the server to here. */
  get down(): Row {
    const { said, doubted } = this.#kept.count;
    const heard = this.#heard;
    return row(Math.max(said, heard.received.at(-1)?.[1] ?? 0), heard, range(1, said), doubted);
  }

  get links(): number {
    return this.#kept.links;
  }

  /** How often a session went on over a new link. */
  get resumed(): number {
    return this.#kept.resumed;
  }

  /** How many sessions were lost. */
  get lost(): number {
    return this.#kept.lost;
  }

  get kept(): Kept {
    return { ...this.#kept, heard: this.#heard.kept };
  }

  /** The server counts for us; if it counts anew, it knows nothing of what was before. */
  #open(account: string): void {
    if (account === this.#kept.account) return;
    const base = this.#kept.account === undefined ? 0 : this.#kept.said;
    this.#heard = new Tally();
    this.#note({ account, base, count: nothing, checked: 0 });
  }

  #hear({ n, to }: Answer): void {
    this.#heard.count(n);
    const { count } = this.#kept;
    // An answer proves that its question arrived.
    this.#note({ count: { ...count, received: add(count.received, to.n) } });
    this.#begin();
  }

  #lose(inDoubt: readonly InDoubt[]): void {
    for (const { name, payload } of inDoubt) if (name === "say") this.#tell((payload as Saying).n);
    this.#note({ lost: this.lost + 1 });
  }

  #tell(n: number): void {
    this.#note({ told: add(this.#kept.told, n) });
  }

  /** A server that counts anew begins with what is sent again. */
  #begin(): void {
    const first = this.#kept.count.received[0]?.[0] ?? Infinity;
    if (first <= this.#kept.base) this.#note({ base: first - 1 });
  }

  #note(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...change };
    for (const listener of this.#listeners) listener();
  }
}
