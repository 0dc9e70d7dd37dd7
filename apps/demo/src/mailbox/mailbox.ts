import { basename } from "node:path";
import { type Client, createClient, HoldfastError, type Provided } from "@holdfast/node";
import type { Scheduler } from "chokidar";
import { contract } from "../shared/contract.ts";
import type { Draft } from "../shared/notification.ts";
import { drainMs, patience } from "../shared/patience.ts";
import { tellState } from "../shared/tell-state.ts";
import { MailFolder } from "./mail-folder.ts";
import { oneLine } from "../shared/one-line.ts";
import { readMail } from "./read-mail.ts";
import { toDraft } from "./to-draft.ts";

export interface MailboxOptions {
  /** Its `.eml` files are published; if it is a Maildir, what is in its `new/` as well. Made when it is not there. */
  readonly folder: string;
  /** The server's socket. */
  readonly url: Provided<string | URL>;
  /** Who we are: asked at every dial, and when the server asks. */
  readonly credential: () => unknown;
  readonly print: (line: string) => void;
  /** Whose time it is in the folder. @defaultValue the system's */
  readonly scheduler?: Scheduler | undefined;
}

/** A Node service that publishes the mails of a folder, one after the other, and prints what it lives through. */
export class Mailbox implements AsyncDisposable {
  readonly #client: Client<typeof contract>;
  readonly #folder: MailFolder;
  readonly #print: (line: string) => void;
  /** Paths only: there is one mail in memory at a time. */
  readonly #waiting: Set<string> = new Set();
  #work: Promise<void> | undefined;

  /** @throws Error the file system's, when the folder cannot be made. */
  constructor({ folder, url, credential, print, scheduler }: MailboxOptions) {
    this.#print = print;
    this.#folder = new MailFolder({
      folder,
      scheduler,
      found: (path) => this.#find(path),
      unfinished: (path) => print(`waits for ${nameOf(path)}: it is still open for writing`),
      failed: (error) => print(`trouble with ${folder}: ${String(error)}`),
    });
    void this.#folder.ready.then(() => print(`watches ${folder}`));
    const client = createClient(contract, { ...patience, url, credential, log: "off" });
    this.#client = client;
    client.subscribe((state) => print(`${state.name}: ${tellState(state)}`));
    client.session.on("opened", ({ id }) => print(`session ${id} opened`));
    client.session.on("resumed", ({ id }) => print(`session ${id} resumed`));
    client.session.on("lost", ({ reason }) => print(`session lost (${reason})`));
  }

  /** What is being published is given a moment; the rest waits for the next start. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#folder[Symbol.asyncDispose]();
    this.#waiting.clear();
    await this.#client.close({ drainMs });
    await this.#work;
  }

  #find(path: string): void {
    this.#waiting.add(path);
    this.#work ??= this.#publishAll();
  }

  async #publishAll(): Promise<void> {
    // Those that are added meanwhile have their turn.
    for (const path of this.#waiting) {
      this.#waiting.delete(path);
      await this.#publishFile(path);
    }
    // Not in a reaction to the end: what is found between the two would wait for the next.
    this.#work = undefined;
  }

  async #publishFile(path: string): Promise<void> {
    const name = nameOf(path);
    try {
      const read = await readMail(path);
      const drafted = "problem" in read ? read : await toDraft(read.bytes, this.#folder.placeOf(path));
      if ("problem" in drafted) this.#print(`skipped ${name}: ${drafted.problem}`);
      else await this.#publish(drafted.draft);
    } catch (error) {
      this.#print(`not published, ${name}: ${String(error)}`);
      if (HoldfastError.is(error, "CLOSED")) this.#giveUp();
    }
  }

  async #publish(draft: Draft): Promise<void> {
    const words = `mail from ${draft.from}: ${draft.subject}`;
    if (this.#client.state.name === "CONNECTING") this.#print(`${words} (waits for a link)`);
    // However long that takes: there is an answer, or the client ends.
    const { known } = await this.#client.call("publish", draft, { timeoutMs: Infinity });
    if (!known) this.#print(words);
  }

  /** There is nobody to tell any more. The folder keeps what it has. */
  #giveUp(): void {
    if (this.#waiting.size) this.#print(`${this.#waiting.size} more wait for the next start`);
    this.#waiting.clear();
  }
}

/** What a terminal is told of a file. */
function nameOf(path: string): string {
  return oneLine(basename(path), 80);
}
