import type { Client } from "@holdfast/node";
import type { contract } from "../src/shared/contract.ts";
import { Ledger } from "../src/shared/ledger.ts";
import type { Person } from "../test/person.ts";
import type { Result } from "./result.ts";

/** A Node client that says something over and over, and keeps a ledger of it. */
export class Speaker implements AsyncDisposable {
  readonly #name: string;
  readonly #client: Client<typeof contract>;
  readonly #ledger: Ledger;
  #timer: NodeJS.Timeout | undefined;

  constructor(name: string, person: Person) {
    this.#name = name;
    this.#client = person.enter(name);
    this.#ledger = new Ledger(this.#client);
  }

  /** Speaks from now on. */
  start(everyMs: number): void {
    this.#timer = setInterval(() => {
      // Whatever fails, the ledger is told.
      this.#ledger.say("Still here").delivered.catch(() => {});
    }, everyMs);
  }

  /** Says nothing more, waits until everything has been said and counted, and tells what came of it. */
  async settle(withinMs: number): Promise<Result> {
    clearInterval(this.#timer);
    const trouble = await this.#count(withinMs).catch(String);
    const { up, down, links, resumed, lost } = this.#ledger;
    return { name: this.#name, up, down, links, resumed, lost, trouble };
  }

  async #count(withinMs: number): Promise<undefined> {
    await this.#client.opened({ timeoutMs: withinMs });
    await this.#client.drained({ timeoutMs: withinMs });
    // What is missing at the answer is lost: see the contract.
    await this.#ledger.check();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#client.close();
  }
}
