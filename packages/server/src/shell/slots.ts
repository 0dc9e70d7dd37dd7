import type { Instant } from "@holdfast/core/session";
import type { AskKind } from "../engine/server-end.ts";
import type { HostedSession } from "./hosted-session.ts";
import type { Hub } from "./hub.ts";

/** Long enough for all that one outage held back, and short enough for a `cancel` behind it, which may be what frees a slot. */
const waitMs = 1_000;
/** Calls that wait one after the other, each less than that, hold up what is behind them: so long, and the log is told. */
const patienceMs = 5_000;

/** A call waits, at this position; and one or another has waited since. */
interface Wait {
  readonly position: number;
  readonly since: Instant;
  readonly undo: () => void;
}

const limitOf = { call: "callsInFlight", open: "streams" } as const;
const kinds: readonly AskKind[] = ["call", "open"];

/**
 * How long calls wait for a slot: what was asked while a link was down comes all at once, and that is no reason to refuse any of it. If
 * none is free within a second, it is answered `BUSY`, and so are those behind it until one is. A stream may take its slot for ever, so it is not waited for.
 * PROTOCOL.md section 4.2.
 */
export class Slots {
  readonly #hub: Hub;
  /** Whose next call waits. */
  readonly #waits: Map<HostedSession, Wait> = new Map();
  /** Who heard `BUSY` or waits long, and for what: the log was told. */
  readonly #told: Readonly<Record<AskKind, Set<HostedSession>>> = { call: new Set(), open: new Set() };

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Something was handed over, or could not be. */
  look(session: HostedSession): void {
    // What was handed over may have ended it.
    if (session.phase === "dead") return;
    const { end } = session.engine;
    for (const kind of kinds) if (this.#told[kind].has(session)) this.#forgive(session, kind);
    if (end.refused) this.#tell(session, end.refused, "more is answered BUSY until handlers end");
    end.refused = undefined;
    if (!end.isPatient) end.isPatient = end.slotsLeft("call") > 0;
    const wait = this.#waits.get(session);
    const position = end.isCrowded ? end.position : undefined;
    if (wait?.position === position) return;
    this.#stopWaiting(session);
    if (position === undefined) return;
    const { clock } = this.#hub;
    const now = clock.now();
    const { since = now } = wait ?? {};
    const undo = clock.schedule(waitMs, () => this.#giveUp(session));
    this.#waits.set(session, { position, since, undo });
    if (now - since >= patienceMs) {
      this.#tell(session, "call", "more waits until handlers end, and what is said behind it too");
    }
  }

  /** The session is over. */
  forget(session: HostedSession): void {
    this.#stopWaiting(session);
    for (const kind of kinds) this.#told[kind].delete(session);
  }

  #giveUp(session: HostedSession): void {
    this.#stopWaiting(session);
    const { end } = session.engine;
    // With a link that was lost it is gone, and comes again.
    if (!end.isCrowded) return;
    end.isPatient = false;
    this.#hub.serving.soon(session);
  }

  #stopWaiting(session: HostedSession): void {
    this.#waits.get(session)?.undo();
    this.#waits.delete(session);
  }

  /** Once until half of the slots of that kind are free: else nobody would know why a client hears `BUSY`, or hears nothing for long. */
  #tell(session: HostedSession, kind: AskKind, what: string): void {
    if (this.#told[kind].has(session)) return;
    this.#told[kind].add(session);
    const limit = limitOf[kind];
    const words = `limits.${limit} is reached: ${what}`;
    this.#hub.report("warn", words, { session: session.id, [limit]: this.#hub.limits[limit] });
  }

  #forgive(session: HostedSession, kind: AskKind): void {
    const left = session.engine.end.slotsLeft(kind);
    // Of none at all none is ever free.
    if (left > 0 && left * 2 >= this.#hub.limits[limitOf[kind]]) this.#told[kind].delete(session);
  }
}
