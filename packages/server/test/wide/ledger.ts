import type { Session } from "../../src/options.ts";
import { inOrder } from "../whole/claims.ts";
import type { Line } from "./line.ts";

/** What one page says. */
interface Saying {
  readonly line: Line;
  /** Whose session it was said in, if there was one. */
  readonly owner: string | undefined;
}

/** To one, to all that are meant, or to whoever is there. */
type Telling = "one" | "all" | "volatile";

/** A session as its server tells of it. */
export interface Entry {
  readonly owner: string;
  /** Of the process that has it. */
  readonly process: string;
  phase: "attached" | "parked" | "crashed" | "closed";
  /** Why it was closed. */
  reason?: string;
  readonly heard: number[];
  /** What its client says, and where that is written down. */
  line: Line;
  row: number[];
}

/** What may be done twice, where nobody knows whether it was done once. */
const idempotent = new Set(["set", "put"]);

/** Who said what to whom, and who got it. */
export class Ledger {
  readonly sessions: Map<string, Entry> = new Map();
  readonly complaints: string[] = [];
  /** Tickets that servers were handed over, those of what is idempotent apart, and that pages were. */
  readonly said: number[] = [];
  readonly set: number[] = [];
  readonly heard: number[] = [];
  /** What is said to each session, by ticket; others may speak to one before its server tells of it. */
  readonly #told: Map<string, Map<number, Telling>> = new Map();
  readonly #sayings: Map<number, Saying> = new Map();
  /** What was said for a page that was gone. */
  carried = 0;
  #lastTicket = 0;

  complain(words: string): void {
    this.complaints.push(words);
  }

  /** A page is about to say something. */
  says(line: Line, sessionId: string | undefined): number {
    const owner = sessionId === undefined ? undefined : this.sessions.get(sessionId)?.owner;
    this.#sayings.set(++this.#lastTicket, { line, owner });
    return this.#lastTicket;
  }

  /** A server is about to say something to these. */
  tells(sessions: Iterable<{ readonly id: string }>, how: Telling): number {
    const ticket = ++this.#lastTicket;
    for (const { id } of sessions) {
      const told = this.#told.get(id) ?? new Map();
      this.#told.set(id, told.set(ticket, how));
    }
    return ticket;
  }

  /** A server is handed over what a page said. */
  got(name: string, ticket: number, { id, identity, phase }: Session): void {
    const saying = this.#sayings.get(ticket);
    const session = this.sessions.get(id);
    if (!saying || !session) return this.complain(`${name} ${ticket}: nobody said it in ${id}`);
    const { line, owner = identity.id } = saying;
    if (owner !== identity.id) this.complain(`${name} ${ticket} of ${owner} arrived as ${identity.id}`);
    if (phase === "dead") this.complain(`${name} ${ticket} arrived in ${id}, which is over`);
    if (line.left.delete(ticket)) this.carried++;
    // A call that was refused as one too many, and in doubt, runs for the first time when it is sent again.
    if (idempotent.has(name)) return void this.set.push(ticket);
    if (this.said.includes(ticket)) this.complain(`${name} ${ticket} arrived twice`);
    this.said.push(ticket);
    session.row.push(ticket);
  }

  /** A page is handed over what a server said. */
  hears(name: string, ticket: number, id: string | undefined): void {
    const session = this.sessions.get(id ?? "");
    if (!session || !this.#told.get(id ?? "")?.has(ticket))
      return this.complain(`${name} ${ticket}: nobody said it to ${id}`);
    this.heard.push(ticket);
    session.heard.push(ticket);
  }

  /** Everything once, in order, and without a gap. `wasHad`: what a server knows to have arrived. */
  settle(wasHad: (ticket: number) => boolean): void {
    for (const row of new Set([...this.sessions.values()].map(({ row }) => row))) {
      this.complaints.push(...inOrder("said", row));
    }
    for (const [id, { heard, phase }] of this.sessions) {
      this.complaints.push(...inOrder(`heard in ${id}`, heard));
      const due = [...(this.#told.get(id) ?? [])].filter(
        ([ticket, how]) => how === "all" || (how === "one" && wasHad(ticket)),
      );
      const arrived = due.filter(([ticket]) => heard.includes(ticket)).length;
      const skipped = due.findIndex(([ticket]) => !heard.includes(ticket));
      // Of a session that is over its end may be missing.
      const isWhole = phase === "attached" ? skipped < 0 : skipped < 0 || skipped === arrived;
      if (!isWhole) this.complain(`${due[skipped]?.[0]} was never heard in ${id}, which is ${phase}`);
    }
  }
}
