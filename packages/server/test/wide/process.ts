import { type DialRequest, HoldfastError, type LinkListener, type LogEntry } from "@holdfast/core";
import type { ServerEnd } from "../../../testing/src/index.ts";
import { type AnyServer, createAnyServer } from "../../src/host.ts";
import type { Handlers, Identity, Server, Session } from "../../src/options.ts";
import { App, contract, type K } from "../whole/app.ts";
import type { Claims } from "../whole/claims.ts";
import { processActsInside } from "./act.ts";
import { authenticate } from "./authenticate.ts";
import { Lifetime } from "./lifetime.ts";
import { watchSessions } from "./watch-sessions.ts";
import { Thrown, type World } from "./world.ts";

/** What a handler is told. */
interface Context {
  readonly session: Session<K>;
}

/** Handlers before anybody knows the types. */
type AnyHandlers = Readonly<Record<string, (input: never, context: never) => unknown>>;

/** One life of a server: what it knows ends with it. */
export class Process {
  readonly name: string;
  readonly lifetime: Lifetime;
  readonly claims: Claims;
  readonly app: App;
  readonly #any: AnyServer;
  readonly #links: Set<ServerEnd> = new Set();
  readonly #world: World;
  /** Where clients are sent that it asks to move. */
  redirect: string | undefined;

  constructor(world: World) {
    this.#world = world;
    this.name = world.nextName("process");
    this.lifetime = new Lifetime(world.clock);
    this.claims = world.claim();
    this.app = new App(world.random, () => this.lifetime);
    this.#any = createAnyServer(
      contract,
      {
        ...world.terms,
        heartbeat: { intervalMs: 1_000, timeoutMs: 500 },
        authenticate: (visitor) => authenticate(world, this.lifetime, visitor),
        log: { write: (entry) => this.#read(entry) },
      },
      this.#handlers(this.app.handlers),
      {
        clock: this.lifetime,
        secrets: {
          id: () => world.nextName("s"),
          token: () => world.nextName("t"),
          hash: (token) => `hash of ${token}`,
        },
        nextRound: world.random.pick([
          queueMicrotask,
          (callback) => void this.lifetime.schedule(1, callback),
        ]),
      },
    );
    watchSessions(world, this);
  }

  get url(): string {
    return `ws://${this.name}.test/`;
  }

  get server(): Server<K> {
    return this.#any.server;
  }

  get isOpen(): boolean {
    return !this.lifetime.isOver && !this.#any.isDraining;
  }

  accept(link: ServerEnd, request: DialRequest): LinkListener {
    const { lifetime } = this;
    this.#links.add(link);
    const sendAll = (texts: readonly string[]): void => {
      if (!lifetime.isOver) link.sendAll(texts.map((text) => this.#redirected(text)));
    };
    // What a process that is gone still does reaches nobody.
    const hosted = this.#any.accept(
      {
        sendAll,
        close: (code, reason) => lifetime.isOver || link.close(code, reason),
        terminate: () => lifetime.isOver || link.terminate(),
        get bufferedBytes() {
          return link.bufferedBytes;
        },
        get drainedBytes() {
          return link.drainedBytes;
        },
        get readBytes() {
          return link.readBytes;
        },
      },
      request,
    );
    return {
      opened: () => {},
      heard: () => lifetime.enter(() => hosted.heard()),
      message: (data) => lifetime.enter(() => hosted.message(data)),
      closed: (close) => {
        this.#links.delete(link);
        lifetime.enter(() => hosted.closed(close));
      },
    };
  }

  /** It ends in good order. */
  close(): void {
    this.claims.call("close", this.server.close(), undefined, []);
  }

  /** Its memory is gone. Its links are reset, or its machine is gone as well. */
  crash(isReset: boolean): void {
    this.lifetime.end();
    if (isReset) for (const link of this.#links) link.terminate();
    for (const session of this.#world.ledger.sessions.values()) {
      if (session.process === this.name && session.phase !== "closed") session.phase = "crashed";
    }
  }

  /** Our server tells no address; one that knows of others may. */
  #redirected(text: string): string {
    if (this.redirect === undefined || !text.startsWith('["drain"')) return text;
    const [name, drain] = JSON.parse(text) as [string, object];
    return JSON.stringify([name, { ...drain, url: this.redirect }]);
  }

  /** Those of the app, written down; and in the middle of them something is done. */
  #handlers(handlers: Handlers<K, Identity>): AnyHandlers {
    const all = Object.entries(handlers) as [string, (input: unknown, context: Context) => unknown][];
    const noted = all.map(([name, handle]) => [
      name,
      (input: unknown, context: Context) => {
        const ticket = ticketIn(name, input);
        if (ticket !== undefined) this.#world.ledger.got(name, ticket, context.session);
        processActsInside(this.#world, this, name, context.session);
        return handle(input, context);
      },
    ]);
    return Object.fromEntries(noted) as AnyHandlers;
  }

  /** Nothing throws but what was thrown on purpose, and nobody breaks the protocol. */
  #read({ level, message, details }: LogEntry): void {
    const { error } = details;
    const isBorne = error instanceof Thrown || HoldfastError.is(error, "TOO_LARGE");
    if (message === "message refused" || (level === "error" && !isBorne)) {
      this.#world.ledger.complain(`${this.name}: ${message} ${String((error as Error)?.stack ?? error)}`);
    }
  }
}

/** What is said in it, if it has a ticket. */
function ticketIn(name: string, input: unknown): number | undefined {
  if (name === "letter") return (input as { readonly ticket: number }).ticket;
  return ["say", "ponder", "shout", "wave", "set", "put", "double"].includes(name)
    ? (input as number)
    : undefined;
}
