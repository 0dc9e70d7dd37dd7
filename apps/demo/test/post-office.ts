import { createServer, type Server } from "@holdfast/server";
import { contract } from "../src/shared/contract.ts";
import type { Draft, Published } from "../src/shared/notification.ts";

/** What a database would keep over a restart of the server. */
export class Letters {
  /** In the order in which they were first published. */
  readonly drafts: Draft[] = [];
  /** Everything that was published, known or not. */
  readonly published: Draft[] = [];
  #look: () => void = () => {};

  publish(draft: Draft): Published | Promise<Published> {
    this.published.push(draft);
    const index = this.drafts.findIndex(({ key }) => key === draft.key);
    if (index === -1) this.drafts.push(draft);
    this.#look();
    return { id: index === -1 ? this.drafts.length : index + 1, known: index !== -1 };
  }

  /** Waits until `condition` holds, looking whenever something was published. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#look = () => {
        if (condition()) resolve();
      };
      this.#look();
    });
  }

  /** Waits for so many. */
  arrived(count: number): Promise<void> {
    return this.until(() => this.drafts.length >= count);
  }

  /** The keys of everything that was published. */
  get keys(): readonly (string | undefined)[] {
    return this.published.map(({ key }) => key);
  }

  get subjects(): readonly string[] {
    return this.drafts.map(({ subject }) => subject);
  }
}

/** A server that takes what mailboxes publish, and knows nothing else. */
export class PostOffice implements AsyncDisposable {
  readonly url: string;
  readonly #server: Server<typeof contract, { readonly id: string }>;

  private constructor(url: string, server: Server<typeof contract, { readonly id: string }>) {
    this.url = url;
    this.#server = server;
  }

  /** Lets in who says `password`. */
  static async open(letters: Letters, password = "open sesame"): Promise<PostOffice> {
    const nothing = { received: [], doubled: 0, reordered: 0, said: 0, doubted: [] };
    const server = createServer(contract, {
      authenticate: ({ credential }) => (credential === password ? { identity: { id: "mailbox" } } : null),
      log: "off",
    }).handle({
      publish: (draft) => letters.publish(draft),
      markAllRead: () => {},
      older: () => [],
      markRead: () => {},
      async *feed() {},
      say: () => {},
      ledger: () => nothing,
    });
    const { url } = await server.listen();
    return new PostOffice(url, server);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
  }
}
