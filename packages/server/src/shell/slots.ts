import type { AskKind } from "../engine/server-end.ts";
import type { HostedSession } from "./hosted-session.ts";
import type { Hub } from "./hub.ts";

/** Long enough for all that one outage held back, and short enough for a `cancel` behind it, which may be what frees a slot. */
const waitMs = 1_000;

const limitOf = { call: "callsInFlight", open: "streams" } as const;

/**
 * How long calls wait for a slot: what was asked while a link was down comes all at once, and that is no reason to refuse any of it. If
 * none is free within a second, it is answered `BUSY`, and so are those behind it until one is. A stream may take its slot for ever, so it is not waited for.
 * PROTOCOL.md section 4.2.
 */
export class Slots {
  readonly #hub: Hub;
  /** Whose next call waits, since which position. */
  readonly #waits: Map<HostedSession, { readonly position: number; readonly undo: () => void }> = new Map();
  /** Who heard `BUSY`: the log was told. */
  readonly #told: Set<HostedSession> = new Set();

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Something was handed over, or could not be. */
  look(session: HostedSession): void {
    const { end } = session.engine;
    if (end.refused) this.#tell(session, end.refused);
    else if (this.#told.has(session) && this.#isHalfFree(session)) this.#told.delete(session);
    if (!end.isPatient) end.isPatient = end.slotsLeft("call") > 0;
    const wait = this.#waits.get(session);
    const position = end.isCrowded ? end.position : undefined;
    if (wait?.position === position) return;
    this.#stopWaiting(session);
    if (position === undefined) return;
    const undo = this.#hub.clock.schedule(waitMs, () => this.#giveUp(session));
    this.#waits.set(session, { position, undo });
  }

  /** The session is over. */
  forget(session: HostedSession): void {
    this.#stopWaiting(session);
    this.#told.delete(session);
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

  /** Once until half of the slots are free: else nobody would know why a client hears `BUSY`. */
  #tell(session: HostedSession, refused: AskKind): void {
    session.engine.end.refused = undefined;
    if (this.#told.has(session)) return;
    this.#told.add(session);
    const limit = limitOf[refused];
    const words = `limits.${limit} is reached: more is answered BUSY until handlers end`;
    this.#hub.report("warn", words, { session: session.id, [limit]: this.#hub.limits[limit] });
  }

  #isHalfFree({ engine: { end } }: HostedSession): boolean {
    const { callsInFlight, streams } = this.#hub.limits;
    return end.slotsLeft("call") * 2 >= callsInFlight && end.slotsLeft("open") * 2 >= streams;
  }
}
