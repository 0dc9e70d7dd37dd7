import type { Close } from "../protocol/close.ts";
import { type Instant, never } from "../protocol/instant.ts";
import { type LinkId, noLink } from "../protocol/ids.ts";
import type { Vitals } from "./event.ts";
import type { Why } from "./why.ts";

/**
 * The chart of ARCHITECTURE.md, one member a phase. The four public states are groups of phases:
 *
 *     CLOSED      idle, ended
 *     CONNECTING  dialing, greeting, judging, waiting
 *     OPEN        open
 *     CLOSING     closing
 *
 * A state holds its deadline; leaving the state drops it, so no timer can be forgotten.
 */
export type State = Idle | Dialing | Greeting | Judging | Waiting | Open | Closing | Ended;

/** The names of the phases. */
export type Phase = State["phase"];

/** What every phase knows. */
export interface Common {
  /** When this state wants to hear of the time, or `never`. */
  readonly deadline: Instant;
  /** The newest link; events of any other are stale. */
  readonly linkId: LinkId;
  /** Attempts in a row that brought no stable link. */
  readonly failures: number;
  /** What the runtime last said of the network. A hint: it may lie. */
  readonly network: "online" | "offline";
}

/** Nobody asked for a link yet. */
export interface Idle extends Common {
  readonly phase: "idle";
}

/** The providers are being asked, or the socket is opening. */
export interface Dialing extends Common {
  readonly phase: "dialing";
  readonly why: Why;
}

/** The socket is open and `greet` is talking. */
export interface Greeting extends Common {
  readonly phase: "greeting";
  readonly why: Why;
}

/** The link is lost; the shell is being asked what the user thinks. Never seen outside. */
export interface Judging extends Common {
  readonly phase: "judging";
  readonly why: Why;
}

/** The next attempt has its time. */
export interface Waiting extends Common {
  readonly phase: "waiting";
  readonly why: Why;
}

/** Messages flow. The deadline is the heartbeat's. */
export interface Open extends Common {
  readonly phase: "open";
  /** From here on a loss is the first failure of a new row. */
  readonly stableAt: Instant;
  /** The ping that is out. */
  readonly ping?: Ping | undefined;
}

/** A ping, and what was known when it was written. */
export interface Ping {
  readonly at: Instant;
  readonly vitals: Vitals;
  /** How many deadlines were forgiven. */
  readonly misses: number;
}

/** `close()` was called and the peer has not answered. */
export interface Closing extends Common {
  readonly phase: "closing";
  readonly code: number;
  readonly reason: string;
}

/** Over, until `reconnect()`. */
export interface Ended extends Common {
  readonly phase: "ended";
  /** How the last link closed; absent when there was none to close. */
  readonly close: Close | undefined;
  readonly why: Why;
}

/** Whether there is a socket to say something on. */
export function isUp({ phase }: State): boolean {
  return phase === "open" || phase === "greeting";
}

/** Where every connection begins. */
export const initial: State = {
  phase: "idle",
  deadline: never,
  linkId: noLink,
  failures: 0,
  network: "online",
};

type Next<S> = S extends State ? Omit<S, keyof Common> & Partial<Common> : never;

/** The state that follows, with nothing of the old one but what every phase knows. */
export function become({ linkId, failures, network }: State, next: Next<State>): State {
  return { deadline: never, linkId, failures, network, ...next };
}

/** Over. `why` is `asked` unless the connection gave up; `last` is why the link before ended. */
export function end(state: State, why: Why, last: Why = why): State {
  return become(state, {
    phase: "ended",
    close: last.kind === "closed" ? last : undefined,
    why,
  });
}
