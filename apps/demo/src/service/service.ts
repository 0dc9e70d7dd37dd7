import { type Client, createClient } from "@holdfast/node";
import { type Answer, contract } from "../shared/contract.ts";
import { Ledger } from "../shared/ledger.ts";
import { drainMs, patience } from "../shared/patience.ts";
import { tellLedger } from "../shared/tell-ledger.ts";
import { tellState } from "../shared/tell-state.ts";

const sayEveryMs = 10_000;
const checkEveryMs = 30_000;

/** A Node service that holds on to the server, and prints what it lives through. */
export class Service implements AsyncDisposable {
  readonly #client: Client<typeof contract>;
  readonly #ledger: Ledger;
  readonly #print: (line: string) => void;
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #startedAt: number = Date.now();

  constructor(url: string, print: (line: string) => void) {
    this.#print = print;
    const client = createClient(contract, { ...patience, url, credential: { id: "service" }, log: "off" });
    this.#client = client;
    this.#ledger = new Ledger(client);
    client.subscribe((state) => print(`${state.name}: ${tellState(state)}`));
    client.on("said", (answer) => print(`hears ${tell(answer)}`));
    client.session.on("opened", ({ id }) => print(`session ${id} opened`));
    client.session.on("resumed", ({ id }) => {
      print(`session ${id} resumed`);
      void this.#check();
    });
    client.session.on("lost", ({ reason, inDoubt }) => {
      print(`session lost (${reason}), in doubt: ${inDoubt.length || "nothing"}`);
      void this.#check();
    });
    void this.#follow();
    this.#say("Hello from the Node service!");
    this.#timers = [
      setInterval(() => this.#say(`Still here after ${this.#uptime()}.`), sayEveryMs),
      setInterval(() => void this.#check(), checkEveryMs),
    ];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#timers.forEach(clearInterval);
    await this.#client.close({ drainMs });
  }

  #uptime(): string {
    return `${Math.round((Date.now() - this.#startedAt) / 1000)} s`;
  }

  #say(text: string): void {
    this.#ledger.say(text).delivered.catch((error: unknown) => this.#print(`"${text}": ${String(error)}`));
    const isOpen = this.#client.state.name === "OPEN";
    this.#print(`says "${text}"${isOpen ? "" : " (waits in the outbox)"}`);
  }

  async #follow(): Promise<void> {
    try {
      for await (const { text } of this.#client.stream("news", {})) this.#print(`hears the news: ${text}`);
    } catch {
      // The end of the client is the end of its streams.
    }
  }

  async #check(): Promise<void> {
    try {
      await this.#ledger.check();
      this.#print(tellLedger(this.#ledger));
    } catch {
      // No answer before the end, or not in time: the next one tells the same.
    }
  }
}

function tell({ n, to, link }: Answer): string {
  return `"${to.text}" back after ${Date.now() - to.at.getTime()} ms (link ${link}, answer ${n})`;
}
