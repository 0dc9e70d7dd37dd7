import type { IncomingMessage, Server as HttpServer } from "node:http";
import type { Duplex } from "node:stream";
import { createServer, type NodeServer } from "@holdfast/server";
import { contract, Who } from "../shared/contract.ts";
import { heartbeat } from "../shared/patience.ts";
import { Account } from "./account.ts";
import { Board } from "./board.ts";

/** Where the sockets are. */
export const socketPath = "/live";
/** Connect once, and be told. */
const newsEveryMs = 5_000;

/** The server's end of every session: it answers what it hears, and has news of its own. */
export class Conversation implements AsyncDisposable {
  readonly #http: HttpServer;
  readonly #origins: readonly string[];
  readonly #accounts: Map<string, Account> = new Map();
  readonly #board: Board = new Board();
  readonly #newsTimer: NodeJS.Timeout;
  #sayings = 0;
  #phase: "serving" | "over" = "serving";
  #server: NodeServer<typeof contract, Who>;

  constructor(http: HttpServer, origins: readonly string[]) {
    this.#http = http;
    this.#origins = origins;
    this.#server = this.#serve();
    this.#newsTimer = setInterval(() => this.tellNews(this.#count()), newsEveryMs);
    http.on("upgrade", (request, socket) => this.#turnAway(request, socket));
  }

  tellNews(text: string): void {
    this.#board.post(text);
  }

  /** What a restart does to sessions: every link ends, and the next server knows none of them. */
  async forget(): Promise<void> {
    await this.#server.close();
    this.#server = this.#serve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#newsTimer);
    this.#phase = "over";
    await this.#server.close();
  }

  #serve(): NodeServer<typeof contract, Who> {
    const server = createServer<typeof contract, Who>(contract, {
      authenticate({ credential }) {
        const who = Who.safeParse(credential);
        return who.success ? { identity: who.data } : null;
      },
      allowedOrigins: this.#origins,
      heartbeat,
      // A link that ends is no news here: that is what the demo is about.
      log: "error",
    }).handle({
      say: (saying, { identity, session }) => {
        this.#sayings++;
        this.#account(identity).hear(saying, session);
      },
      ledger: (_, { identity }) => this.#account(identity).count,
      news: ({ after }, { since = after, gap, signal }) => this.#board.follow(since, { gap, signal }),
    });
    server.on("opened", ({ session }) => {
      const account = this.#account(session.identity);
      account.link();
      void session.emit("account", { id: account.id });
    });
    server.on("resumed", ({ session }) => this.#account(session.identity).link());
    return server.attach(this.#http, { path: socketPath });
  }

  #account({ id }: Who): Account {
    const known = this.#accounts.get(id);
    if (known) return known;
    const account = new Account();
    this.#accounts.set(id, account);
    return account;
  }

  #count(): string {
    const links = [...this.#server.sessions].filter(({ phase }) => phase === "attached").length;
    return `Links open: ${links}. Sayings heard: ${this.#sayings}.`;
  }

  /** Nobody else looks at upgrades that the server does not take, and they would wait for ever. */
  #turnAway({ url = "" }: IncomingMessage, socket: Duplex): void {
    if (this.#phase === "serving" && url.split("?", 1)[0] === socketPath) return;
    socket.on("error", () => socket.destroy());
    socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
  }
}
