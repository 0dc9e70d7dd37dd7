import type { Close } from "../protocol/close.ts";
import { type Instant, never } from "../protocol/instant.ts";
import { type LinkId, noLink } from "../protocol/ids.ts";
import type { Heartbeat } from "./heartbeat.ts";
import { asked, type Why } from "./why.ts";

/**
 * The chart of ARCHITECTURE.md, one member a phase. The four public states are groups of phases:
 *
 *     CLOSED      idle, ended
 *     CONNECTING  dialing, greeting, judging, waiting
 *     OPEN        open
 *     CLOSING     closing
 *
 * A state holds its deadlines; leaving the state drops them, so no timer can be forgotten.
 */
export type State = Idle | Dialing | Greeting | Judging | Waiting | Open | Closing | Ended;

interface Common {
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

/** The provider is being asked, or the socket is opening. */
export interface Dialing extends Common {
  readonly phase: "dialing";
  readonly deadline: Instant;
}

/** The socket is open and `greet` is talking. */
export interface Greeting extends Common {
  readonly phase: "greeting";
  readonly deadline: Instant;
}

/** The link is lost; the shell is being asked what the user thinks. Never seen outside. */
export interface Judging extends Common {
  readonly phase: "judging";
  readonly why: Why;
}

/** The next attempt has its time. */
export interface Waiting extends Common {
  readonly phase: "waiting";
  readonly deadline: Instant;
  readonly why: Why;
}

/** Messages flow. */
export interface Open extends Common {
  readonly phase: "open";
  /** From here on a loss is the first failure of a new row. */
  readonly stableAt: Instant;
  readonly heartbeat: Heartbeat;
}

/** `close()` was called and the peer has not answered. */
export interface Closing extends Common {
  readonly phase: "closing";
  readonly deadline: Instant;
}

/** Over, until `reconnect()`. */
export interface Ended extends Common {
  readonly phase: "ended";
  /** How the last link closed; absent when there was none to close. */
  readonly close: Close | undefined;
  readonly why: Why;
}

/** Where every connection begins. */
export const initial: State = {
  phase: "idle",
  linkId: noLink,
  failures: 0,
  network: "online",
};

/** When this state wants to hear of the time, or `never`. */
export function deadlineOf(state: State): Instant {
  if (state.phase === "open") return state.heartbeat.deadline;
  return "deadline" in state ? state.deadline : never;
}

/** A state that ended because somebody asked. */
export function ended(state: State, close: Close | undefined, why: Why = asked): Ended {
  const { linkId, network } = state;
  return { phase: "ended", linkId, failures: 0, network, close, why };
}
