/// <reference lib="esnext.disposable" />
import { c as Data, f as Transport, h as Verdict, l as DialRequest, m as Close, p as Clock, u as Link } from "./holdfast-error.js";
import { t as Instant } from "./instant.js";
/** One physical socket, from dial to close. Never reused, so an event of an old link names its own irrelevance. */
type LinkId = number & {
  readonly brand: "LinkId";
};
/** Why a link ended or was dialled. A value, because inside the pure rings failures are values. */
type Why = {
  readonly kind: "asked";
} | ({
  readonly kind: "closed";
} & Close) | {
  readonly kind: "failed";
  readonly error: unknown;
} | {
  readonly kind: "timeout";
  readonly phase: "dialing" | "greeting";
} | {
  readonly kind: "silent";
};
/** What can happen to a connection. */
type Event = {
  readonly type: "open";
} | {
  readonly type: "reconnect";
} | {
  readonly type: "close";
  readonly code: number;
  readonly reason: string;
} | {
  readonly type: "opened";
  readonly linkId: LinkId;
} | {
  readonly type: "greeted";
  readonly linkId: LinkId;
} | {
  readonly type: "lost";
  readonly linkId: LinkId;
  readonly why: Why;
} | {
  readonly type: "judged";
  readonly verdict?: Verdict | undefined;
  readonly delayMs?: number | "stop" | undefined;
} | {
  readonly type: "timer";
} | {
  readonly type: "hint";
  readonly hint: Hint;
};
/**
 * What a runtime can notice of its surroundings:
 * the network is back or gone; the page is seen again (visible, restored, resumed); the page is about to stand still.
 */
type Hint = "online" | "offline" | "awake" | "asleep";
/** What the driver measured on the newest link: the signs of life. */
interface Vitals {
  /** When the peer was last heard: any byte where the runtime shows them, else any message. */
  readonly heardAt: Instant;
  /** Bytes seen to leave the send buffer. */
  readonly drainedBytes: number;
  /** What is in the send buffer. */
  readonly bufferedBytes: number;
}
/** The numbers a connection decides by. Data only: what the user wrote as a function is asked for by the effect `judge`. */
interface Policy {
  readonly backoff: Backoff;
  readonly dialTimeoutMs: number;
  readonly closeTimeoutMs: number;
  readonly stableAfterMs: number;
  /** Ping after `intervalMs` without a byte from the peer; give it `timeoutMs` from then on. */
  readonly heartbeat: {
    readonly intervalMs: number;
    readonly timeoutMs: number;
  } | undefined;
}
/** How long to wait between attempts, and how many to make. */
interface Backoff {
  /** The window of the first retry. */
  readonly initialMs: number;
  /** No window is larger. */
  readonly maxMs: number;
  /** By how much the window grows with each failure. */
  readonly factor: number;
  /** `"full"`: anywhere in the window, so that a herd spreads. `"none"`: exactly the window. */
  readonly jitter: "full" | "none";
  /** Failures in a row at which the connection gives up; the loss of a link that held is the first. */
  readonly maxAttempts: number;
}
/** The wait after so many failures in a row (1 or more). `roll` is chance, in [0, 1), drawn anew for each attempt. */
declare function backoffMs(backoff: Backoff, failures: number, roll: number): number;
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
type State = Idle | Dialing | Greeting | Judging | Waiting | Open | Closing | Ended;
/** What every phase knows. */
interface Common {
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
interface Idle extends Common {
  readonly phase: "idle";
}
/** The providers are being asked, or the socket is opening. */
interface Dialing extends Common {
  readonly phase: "dialing";
  readonly why: Why;
}
/** The socket is open and `greet` is talking. */
interface Greeting extends Common {
  readonly phase: "greeting";
  readonly why: Why;
}
/** The link is lost; the shell is being asked what the user thinks. Never seen outside. */
interface Judging extends Common {
  readonly phase: "judging";
  readonly why: Why;
}
/** The next attempt has its time. */
interface Waiting extends Common {
  readonly phase: "waiting";
  readonly why: Why;
}
/** Messages flow. The deadline is the heartbeat's. */
interface Open extends Common {
  readonly phase: "open";
  /** From here on a loss is the first failure of a new row. */
  readonly stableAt: Instant;
  /** The ping that is out. */
  readonly ping?: Ping | undefined;
}
/** A ping, and what was known when it was written. */
interface Ping {
  readonly at: Instant;
  readonly vitals: Vitals;
  /** How many deadlines were forgiven. */
  readonly misses: number;
}
/** `close()` was called and the peer has not answered. */
interface Closing extends Common {
  readonly phase: "closing";
  readonly code: number;
  readonly reason: string;
}
/** Over, until `reconnect()`. */
interface Ended extends Common {
  readonly phase: "ended";
  /** How the last link closed; absent when there was none to close. */
  readonly close: Close | undefined;
  readonly why: Why;
}
/**
 * Tells what the runtime notices of network and page.
 *
 * - `watch` MUST return the undo and MUST leave no listener behind after it.
 * - It MUST NOT call back synchronously.
 * - Where there is nothing to notice, it does nothing.
 */
interface Surroundings {
  watch(notice: (hint: Hint) => void): () => void;
}
/** What a provider and `greet` may want to know of the attempt they serve. */
interface Attempt {
  /** 1 for an attempt with no failure before it. */
  readonly attempt: number;
  /** What ended the link before. */
  readonly why: Why;
  /** Aborts when the attempt is over, or later the link it brought. */
  readonly signal: AbortSignal;
}
/** What the user thinks of a loss; what is absent is left to the defaults. */
interface Judgement {
  readonly verdict?: Verdict | undefined;
  readonly delayMs?: number | "stop" | undefined;
}
/** What the shell around a driver provides. */
interface Host {
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
interface Driver {
  readonly state: State;
  /** Bytes that the newest link has accepted and not sent. */
  readonly bufferedBytes: number;
  /** The newest link, if there is one. */
  readonly link: Link | undefined;
  dispatch(event: Event): void;
  /** Writes to the newest link. Throws what the link throws. */
  write(data: Data): void;
}
export { Surroundings as a, Policy as c, Hint as d, Vitals as f, Judgement as i, backoffMs as l, LinkId as m, Driver as n, State as o, Why as p, Host as r, Backoff as s, Attempt as t, Event as u };
