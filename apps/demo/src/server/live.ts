import type { Server as HttpServer } from "node:http";
import { createServer, type NodeServer, type Session } from "@holdfast/server";
import { contract } from "../shared/contract.ts";
import { Credential } from "../shared/credential.ts";
import type { Draft, Published } from "../shared/notification.ts";
import type { Heartbeat } from "../shared/patience.ts";
import { livePath } from "../shared/socket-paths.ts";
import { Account } from "./account.ts";
import { BoundedMap } from "./bounded-map.ts";
import { feed, latestCount } from "./feed.ts";
import type { Meter } from "./meter.ts";
import { publish } from "./publish.ts";
import type { Holder, SignIn } from "./sign-in.ts";
import type { Store } from "./store.ts";

const maxAccounts = 1_000;

/** What the sessions are made of. */
export interface LiveParts {
  readonly http: HttpServer;
  readonly origins: readonly string[];
  readonly store: Store;
  readonly signIn: SignIn;
  readonly meter: Meter;
  readonly heartbeat: Heartbeat;
}

/** Whom a session belongs to: `id` is who it is, `page` through which page or program. */
interface Reader extends Holder {
  readonly id: string;
  readonly page: string;
}

type ReaderSession = Session<typeof contract, Reader>;

/** What pages and programs have counted with us in the laboratory; a restart does not forget it. */
export class Accounts extends BoundedMap<string, Account> {
  constructor() {
    super(maxAccounts);
  }
}

/** Where all pages of a person are. */
function room(name: string): string {
  return `person:${name}`;
}

/** The server's end of every session. */
export class Live implements AsyncDisposable {
  readonly #server: NodeServer<typeof contract, Reader>;
  readonly #unwatch: () => void;
  #people = "";
  #isTelling = false;
  #phase: "serving" | "over" = "serving";

  constructor({ http, origins, store, signIn, meter, heartbeat }: LiveParts, accounts: Accounts) {
    const account = ({ page }: Reader): Account => accounts.obtain(page, () => new Account());
    const server = createServer<typeof contract, Reader>(contract, {
      async authenticate({ credential, request }) {
        const shown = Credential.safeParse(credential);
        const known = shown.success ? await signIn.holder(shown.data.token) : undefined;
        if (!shown.success || !known) return null;
        if (known === "expired") return known;
        const { holder, expiresAt } = known;
        meter.link(holder.name, request.socket);
        const identity = { ...holder, id: `${holder.role}:${holder.name}`, page: shown.data.page };
        return { identity, rooms: [identity.id], expiresAt };
      },
      allowedOrigins: origins,
      heartbeat,
      // A link that ends is no news here: that is what the laboratory is about.
      log: "error",
    }).handle({
      publish: (draft: Draft, { identity }): Published => publish(store, identity, draft),
      markRead: ({ ids }, { identity }) => store.markRead(identity.name, ids),
      markAllRead: (_, { identity }) => store.markAllRead(identity.name),
      older: ({ before }, { identity }) => [...store.before(identity.name, before, latestCount)],
      feed: ({ after }, { identity, since = after, gap, signal }) =>
        feed(store, { name: identity.name, after: since, gap, signal }),
      say: (saying, { identity, session }) => account(identity).hear(saying, session),
      ledger: (_, { identity }) => account(identity).count,
    });
    server.on("opened", ({ session }) => {
      account(session.identity).link();
      void session.emit("account", { id: account(session.identity).id });
      void session.emit("counts", store.counts(session.identity.name));
      this.#tellPeople(session);
    });
    server.on("resumed", ({ session }) => {
      account(session.identity).link();
      // A page that was loaded again goes on with the session, and knows nothing yet.
      void session.emit("counts", store.counts(session.identity.name));
      this.#tellPeople();
    });
    for (const name of ["parked", "closed"] as const) server.on(name, () => this.#tellPeople());
    this.#unwatch = store.watch(() => this.#tellCounts(store));
    this.#server = server.attach(http, { path: livePath });
  }

  /** Asks every client to move, and waits until they have. */
  drain(withinMs: number): Promise<void> {
    return this.#server.drain({ withinMs });
  }

  /** Tells all pages of that person that they are signed out. */
  signOut(name: string): void {
    void this.#server.to(room(name)).emit("signedOut");
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#unwatch();
    this.#phase = "over";
    return this.#server.close();
  }

  /** Tells everybody how many notifications they have: once for all that changed in a turn. */
  #tellCounts(store: Store): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    setImmediate(() => {
      this.#isTelling = false;
      if (this.#phase === "over") return;
      const names = new Set([...this.#server.sessions].map(({ identity }) => identity.name));
      for (const name of names) void this.#server.to(room(name)).emit("counts", store.counts(name));
    });
  }

  /** Tells everybody who is here, if that has changed; and whoever has just come in any case. */
  #tellPeople(newcomer?: ReaderSession): void {
    const tabs = new Map<string, number>();
    for (const { identity, phase } of this.#server.sessions) {
      if (identity.role !== "person" || phase !== "attached") continue;
      tabs.set(identity.name, (tabs.get(identity.name) ?? 0) + 1);
    }
    const people = [...tabs].map(([name, count]) => ({ name, tabs: count }));
    const told = JSON.stringify(people);
    if (told !== this.#people) void this.#server.emit("people", people);
    else void newcomer?.emit("people", people);
    this.#people = told;
  }
}
