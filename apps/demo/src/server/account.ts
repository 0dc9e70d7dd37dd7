import { randomUUID } from "node:crypto";
import type { Session } from "@holdfast/server";
import type { contract } from "../shared/contract.ts";
import { add, type Ranges } from "../shared/numbers.ts";
import type { Count, Saying } from "../shared/saying.ts";
import { Tally } from "../shared/tally.ts";

/** What the server counts of one client, over any number of sessions: its sessions may be forgotten, this is not. */
export class Account {
  readonly id: string = randomUUID();
  readonly #heard: Tally = new Tally();
  #said = 0;
  #doubted: Ranges = [];
  #links = 0;

  /** The client has one more link. */
  link(): void {
    this.#links++;
  }

  /** Counts what it said, and answers. */
  hear(saying: Saying, session: Session<typeof contract>): void {
    this.#heard.count(saying.n);
    const n = ++this.#said;
    session
      .emit("said", { n, to: saying, at: new Date(), link: this.#links })
      .catch(() => (this.#doubted = add(this.#doubted, n)));
  }

  get count(): Count {
    return { ...this.#heard.kept, said: this.#said, doubted: this.#doubted };
  }
}
