import type { Event } from "../connection/event.ts";
import type { Policy } from "../connection/policy.ts";
import type { State } from "../connection/state.ts";
import type { Why } from "../connection/why.ts";
import type { Clock } from "../ports/clock.ts";
import type { Surroundings } from "../ports/surroundings.ts";
import type { Data, DialRequest, Link, Transport } from "../ports/transport.ts";
import type { Verdict } from "../protocol/close.ts";

/** What a provider and `greet` may want to know of the attempt they serve. */
export interface Attempt {
  /** 1 for an attempt with no failure before it. */
  readonly attempt: number;
  /** What ended the link before. */
  readonly why: Why;
  /** Aborts when the attempt is over, or later the link it brought. */
  readonly signal: AbortSignal;
}

/** What the user thinks of a loss; what is absent is left to the defaults. */
export interface Judgement {
  readonly verdict?: Verdict | undefined;
  readonly delayMs?: number | "stop" | undefined;
}

/** What the shell around a driver provides. */
export interface Host {
  /** Looked at with every event: what it says may change with the link. */
  readonly policy: Policy;
  /** The close code for a link that is given up for another one. @defaultValue 1000 */
  readonly leaveCode?: number | undefined;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly surroundings: Surroundings;
  /** Where to dial. A throw or rejection is a failed attempt. */
  request(attempt: Attempt): DialRequest | PromiseLike<DialRequest>;
  /** Talks on a socket that just opened. A rejection is a failed attempt. */
  readonly greet?: ((signal: AbortSignal) => PromiseLike<void>) | undefined;
  /** Asks the user; one who throws has no opinion. `attempt` is the one that would come next. */
  judge(attempt: Omit<Attempt, "signal">): Judgement;
  /** Writes what waits, now that there is room. */
  flush(): void;
  /** Writes a ping. */
  ping(link: Link): void;
  /** A message arrived, in whatever phase. */
  message(data: Data): void;
  /** An effect threw; the connection goes on. */
  thrown(what: string, error: unknown): void;
  /** All effects are done. Called once a dispatch. */
  changed(state: State, before: State): void;
}

/** Keeps the time and the sockets for a connection that only thinks. */
export interface Driver {
  readonly state: State;
  /** Bytes that the newest link has accepted and not sent. */
  readonly bufferedBytes: number;
  /** The newest link, if there is one. */
  readonly link: Link | undefined;
  dispatch(event: Event): void;
  /** Writes to the newest link. Throws what the link throws. */
  write(data: Data): void;
}
