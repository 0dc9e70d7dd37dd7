import { join } from "node:path";
import { Accounts, Live, type LiveParts } from "./live.ts";
import { SignIn } from "./sign-in.ts";
import { Store } from "./store.ts";

/** What a notification centre is made of, besides itself. */
export interface CentreParts extends Pick<LiveParts, "http" | "origins" | "meter" | "heartbeat"> {
  /** Where the data are kept. */
  readonly folder: string;
  readonly tokenLifeMs: number;
}

/** Store, sign-ins and sessions; they can be restarted as a process is, in place. */
export class Centre implements AsyncDisposable {
  readonly signIn: SignIn;
  readonly #parts: CentreParts;
  readonly #accounts: Accounts = new Accounts();
  #store: Store;
  #live: Live;
  #phase: "serving" | "draining" | "restarting" | "over" = "serving";
  #restarting: Promise<void> = Promise.resolve();

  /** @throws Sorry when another one uses the folder */
  constructor(parts: CentreParts) {
    this.#parts = parts;
    this.#store = this.#open();
    this.signIn = new SignIn(() => this.#store, parts.tokenLifeMs);
    this.#live = this.#serve();
  }

  get store(): Store {
    return this.#store;
  }

  get live(): Live {
    return this.#live;
  }

  /**
   * What the end of a process does to it: every link ends, the next one knows no session, and reads the store anew. With a time, clients are let
   * go before, as by a deploy.
   */
  restart(drainWithinMs: number): Promise<void> {
    if (this.#phase === "serving") this.#restarting = this.#restart(drainWithinMs);
    return this.#restarting;
  }

  /** Whether somebody takes upgrades, or says why not. */
  get isServing(): boolean {
    return this.#phase === "serving" || this.#phase === "draining";
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#restarting;
    this.#phase = "over";
    await this.#live[Symbol.asyncDispose]();
    this.#store[Symbol.dispose]();
  }

  async #restart(drainWithinMs: number): Promise<void> {
    if (drainWithinMs) {
      this.#phase = "draining";
      await this.#live.drain(drainWithinMs);
    }
    this.#phase = "restarting";
    await this.#live[Symbol.asyncDispose]();
    this.#store[Symbol.dispose]();
    this.#store = this.#open();
    this.#live = this.#serve();
    this.#phase = "serving";
  }

  #open(): Store {
    return new Store(join(this.#parts.folder, "notifications.sqlite"));
  }

  #serve(): Live {
    const { http, origins, meter, heartbeat } = this.#parts;
    return new Live(
      { http, origins, meter, heartbeat, store: this.#store, signIn: this.signIn },
      this.#accounts,
    );
  }
}
