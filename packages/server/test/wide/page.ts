import { type Client, createAnyClient, type LogEntry } from "@holdfast/core";
import type { Page as Place } from "../session/desk.ts";
import { App, contract, type K } from "../whole/app.ts";
import type { Claims } from "../whole/claims.ts";
import { pageActsInside } from "./act.ts";
import { Lifetime } from "./lifetime.ts";
import { sessionIn } from "./line.ts";
import { OwnSession } from "./own-session.ts";
import { PageAdapter } from "./page-adapter.ts";
import type { Tab } from "./tab.ts";
import { Thrown, type World } from "./world.ts";

/** One page with its client, as long as it is not gone. */
export class Page {
  readonly name: string;
  readonly lifetime: Lifetime;
  readonly claims: Claims;
  readonly app: App;
  /** Where it leaves its session. */
  readonly place: Place;
  readonly adapter: PageAdapter;
  readonly client: Client<K>;
  readonly own: OwnSession;
  readonly #world: World;
  readonly #tab: Tab;

  constructor(world: World, tab: Tab) {
    const { random, terms } = world;
    this.#world = world;
    this.#tab = tab;
    this.name = world.nextName("page");
    this.lifetime = new Lifetime(world.clock);
    this.claims = world.claim();
    this.app = new App(random, () => this.lifetime);
    this.place = tab.desk.page();
    this.adapter = new PageAdapter(world, this.lifetime, tab.network, this.place);
    const whileDown = random.next() < 0.1 ? "reject" : "hold";
    if (whileDown === "reject") this.claims.mayFail.push("LINK_DOWN");
    this.client = createAnyClient(this.adapter, contract, {
      url: "ws://server.test/",
      storage: "session",
      backoff: { initialMs: 50, maxMs: 400 },
      stableAfterMs: 0,
      dialTimeoutMs: random.pick([1_000, 10_000]),
      handlers: this.app.clientHandlers,
      credential: () => this.#credential(),
      outbox: { maxBytes: terms.outboxBytes, whileDown },
      start: random.next() < 0.1 ? "lazy" : "eager",
      log: { write: (entry) => this.#read(entry) },
    });
    this.own = new OwnSession(world, this.name, tab, this.client, this.claims);
    this.#listen();
  }

  /** Its client has ended, or is about to. */
  get isOver(): boolean {
    return ["closing", "ended"].includes(this.client.state.phase);
  }

  close(): void {
    const { random } = this.#world;
    const drainMs = random.next() < 0.5 ? random.integer(1, 500) : 0;
    this.claims.mayFail.push("CLOSED");
    this.claims.call("close", this.client.close({ drainMs }), undefined, []);
  }

  /** It goes: what it has not said it leaves, if it has where. */
  leave(): void {
    const { desk } = this.#tab;
    const before = desk.text;
    this.place.hide();
    // There is one place to leave a session in.
    if (before === null || desk.text === before) return;
    this.#world.ledger.sessions.get(sessionIn(before))?.line.left.clear();
  }

  async #credential(): Promise<unknown> {
    const { random, isCalm } = this.#world;
    if (random.next() < 0.2) {
      await new Promise<void>((resolve) => this.lifetime.schedule(random.integer(0, 50), resolve));
    }
    if (!isCalm && random.next() < 0.01) throw new Thrown("no credential");
    return { who: this.#tab.who };
  }

  #listen(): void {
    const { client, own } = this;
    const { ledger, random } = this.#world;
    const inside = (): void => pageActsInside(this.#world, this);
    const hear = (name: string, ticket: number): void => {
      ledger.hears(name, ticket, client.session.id);
      inside();
    };
    client.on("news", (ticket) => hear("news", ticket));
    client.on("blink", (ticket) => hear("blink", ticket));
    client.on("letter", ({ ticket }) => hear("letter", ticket));
    client.session.on("opened", ({ id }) => {
      own.opened(id);
      inside();
    });
    client.session.on("resumed", ({ id }) => {
      own.resumed(id);
      inside();
    });
    client.session.on("lost", (lost) => {
      own.lost(lost);
      inside();
    });
    client.session.on("closed", ({ cause }) => own.closed(cause));
    // Last, for it is called at once.
    client.subscribe(({ phase }) => {
      if (phase === "closing") own.closing();
      if (random.next() < 0.2) inside();
    });
  }

  /** Nothing throws but what was thrown on purpose, and nobody breaks the protocol. */
  #read({ message, details }: LogEntry): void {
    const { error } = details;
    const isThrown = message.endsWith(" threw") && !(error instanceof Thrown);
    if (!isThrown && message !== "message refused" && message !== "link broken") return;
    const facts = error instanceof Error ? error.stack : JSON.stringify(details);
    this.#world.ledger.complain(`${this.name}: ${message} ${facts}`);
  }
}
