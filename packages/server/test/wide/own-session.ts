import type { Client, HoldfastError, Lost } from "@holdfast/core";
import type { Claims } from "../whole/claims.ts";
import type { K } from "../whole/app.ts";
import { Line } from "./line.ts";
import type { Tab } from "./tab.ts";
import type { World } from "./world.ts";

/** The session of a page, as it is told of it: whether that can be, and what is said in it. */
export class OwnSession {
  readonly #world: World;
  readonly #name: string;
  readonly #tab: Tab;
  readonly #client: Client<K>;
  readonly #claims: Claims;
  line: Line;
  /** The one that goes on. */
  #current: string | undefined;
  /** It has heard from a server, so that what it found is its own. */
  #wasWelcomed = false;
  /** What was sent again may be more than there is room for. */
  #mayHoldMore = true;

  constructor(world: World, name: string, tab: Tab, client: Client<K>, claims: Claims) {
    const { ledger } = world;
    this.#world = world;
    this.#name = name;
    this.#tab = tab;
    this.#client = client;
    this.#claims = claims;
    this.#current = client.session.id;
    const found = this.#current === undefined ? undefined : ledger.sessions.get(this.#current)?.line;
    if (tab.left?.left.size && found !== tab.left) ledger.complain(`${name} did not find what was left`);
    if (found && found !== tab.left) ledger.complain(`${name} found what was not left`);
    this.line = found ?? new Line();
  }

  opened(id: string): void {
    const { ledger } = this.#world;
    const session = ledger.sessions.get(id);
    if (!session) return ledger.complain(`${this.#name} opened ${id}, which no server knows`);
    if (this.#current !== undefined) ledger.complain(`${this.#name} opened ${id}, and had ${this.#current}`);
    this.#current = id;
    this.#welcome();
    session.line = this.line;
    session.row = this.line.row;
  }

  resumed(id: string): void {
    const { ledger, lived } = this.#world;
    lived.resumed++;
    if (id !== this.#current) ledger.complain(`${this.#name} resumed ${id}, and had ${this.#current}`);
    this.#welcome();
  }

  lost({ reason, inDoubt }: Lost): void {
    const { lived } = this.#world;
    const { line } = this;
    lived.lost++;
    this.#judge(reason);
    for (const { kind, name, payload } of inDoubt) {
      if (kind !== "event") continue;
      line.left.delete((payload as { readonly ticket?: number }).ticket ?? (payload as number));
      if (name === "set" && reason !== "identity") this.#complain(reason, `and a set is in doubt`);
    }
    if (reason === "identity") {
      lived.strangers++;
      this.#claims.mayFail.push("SESSION_LOST");
      line.left.clear();
    }
    // It may still be handed over what was on its way.
    if (reason === "identity" || reason === "unknown") line.row = [];
    this.#current = undefined;
    this.#mayHoldMore = true;
    this.#welcome();
  }

  /** Closed before it was open, it has left what it found, and goes on with nothing. */
  closing(): void {
    if (this.#client.session.id === undefined) this.#begin();
  }

  closed(cause: HoldfastError | undefined): void {
    const { ledger, lived } = this.#world;
    lived.closed++;
    if (cause?.code === "UNAUTHORIZED") lived.refused++;
    else if (cause && cause.code !== "FORBIDDEN" && cause.code !== "CLOSED") {
      ledger.complain(`${this.#name} gave up: ${String(cause)}`);
    }
    this.#claims.mayFail.push("CLOSED", ...(cause ? [cause.code] : []));
    if (this.#wasWelcomed) this.line.left.clear();
    // What it says after the end is another one's.
    this.#begin();
  }

  /** Its page goes or stands still: what was promised is somebody else's to say, if there is a session to say it in. */
  rest(isOver: boolean): void {
    if (isOver) {
      if (this.#wasWelcomed) this.line.left.clear();
    } else if (this.#client.session.id !== undefined) {
      const { said } = this.#world.ledger;
      this.#tab.left = this.line;
      for (const ticket of this.#claims.undecided) if (!said.includes(ticket)) this.line.left.add(ticket);
    }
  }

  /** Its page came back, and goes on; or another one did, with this session. */
  goOn(isReplaced: boolean): void {
    for (const ticket of this.#claims.undecided) this.line.left.delete(ticket);
    if (!isReplaced) return;
    this.#claims.mayFail.push("REPLACED");
    this.#begin();
  }

  /** Its page is gone without a word. */
  crashed(): void {
    this.#take();
    this.line.left.clear();
  }

  /** It holds no more than it may. */
  check(): void {
    const { terms, ledger } = this.#world;
    const { bufferedBytes } = this.#client;
    if (bufferedBytes <= (terms.outboxBytes ?? Infinity)) this.#mayHoldMore = false;
    else if (!this.#mayHoldMore) ledger.complain(`${this.#name} holds ${bufferedBytes} bytes`);
  }

  #begin(): void {
    this.line = new Line();
    this.#current = undefined;
  }

  #welcome(): void {
    this.#wasWelcomed = true;
    this.#take();
  }

  /** What was left before it is not there for anybody else. */
  #take(): void {
    if (this.#tab.left === this.line) this.#tab.left = undefined;
  }

  /** Whether it can have been lost for that. */
  #judge(reason: string): void {
    const { ledger, terms } = this.#world;
    const [old, next] = [this.#current, this.#client.session.id].map((id) => ledger.sessions.get(id ?? ""));
    if (!old || !next) return this.#complain(reason, "which nobody knows");
    const isForgotten = old.process !== next.process || (terms.isForgetful && old.phase === "closed");
    if ((reason === "identity") !== (old.owner !== next.owner)) {
      this.#complain(reason, `of ${old.owner} to ${next.owner}`);
    } else if (reason === "unknown" && !isForgotten) {
      this.#complain(reason, `but it is ${old.phase}`);
    } else if (["expired", "closed", "overflow"].includes(reason) && old.reason !== reason) {
      this.#complain(reason, `but it is ${old.reason}`);
    } else if (reason === "position" || reason === "gap") {
      this.#complain(reason, "which nobody did");
    }
  }

  #complain(reason: string, words: string): void {
    this.#world.ledger.complain(`${this.#name} lost ${this.#current}: ${reason}, ${words}`);
  }
}
