/// <reference lib="esnext.disposable" />
/** How a WebSocket ended, as RFC 6455 section 7.1.5 tells it; `httpStatus` where a refused upgrade shows one (Node). */
interface Close {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
  readonly httpStatus?: number | undefined;
  /** What the runtime said, if it said anything. For people and logs, never to decide by. */
  readonly error?: unknown;
}
/** What a connection does about a close: dial again, or give up. */
type Verdict = "retry" | "stop";
/**
 * The default verdict on a close. Total: what is not named here is retried.
 *
 * - 1000: the peer said that it is done.
 * - 1009, and 1002 or 1007 from the peer: one of us sends what the other cannot take, and would again.
 *   (A frame that was broken on the way is our own 1002 or 1007, and not clean.)
 * - 4000-4099: the range in which Holdfast servers say "do not come back".
 */
declare function verdictOf({ code, wasClean }: Close): Verdict;
/** A point on a clock that never goes back, in milliseconds. Not a duration and not a date. */
type Instant = number & {
  readonly brand: "Instant";
};
/** The instant `ms` milliseconds after `instant`. */
declare function after(instant: Instant, ms: number): Instant;
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
 * Where a driver gets time and chance.
 *
 * - `now` MUST NOT go back.
 * - `schedule` MUST call back once, no earlier than the delay, never synchronously, and not at all once cancelled.
 * - Cancelling twice or too late MUST be harmless.
 */
interface Clock {
  /** A point on a scale of its own. */
  now(): Instant;
  /** The same moment on `Date.now()`'s scale. */
  epochMs(): number;
  /** Chance, in [0, 1). */
  random(): number;
  /** Calls back after `delayMs` (at most 2^31-1); returns the undo. */
  schedule(delayMs: number, callback: () => void): () => void;
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
/** What travels in one WebSocket message: text or bytes. */
type Data = string | Uint8Array;
/** Where to dial. */
interface DialRequest {
  /** Absolute, `ws:` or `wss:`. */
  readonly url: string;
  readonly protocols: readonly string[];
  /** Sent with the upgrade by transports that can (Node). */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
/**
 * Opens sockets.
 *
 * - `dial` MUST return at once and MUST NOT call a listener before it has returned.
 * - It MAY throw for a request that no socket can be made of; it MUST NOT throw because of the network.
 */
interface Transport {
  dial(request: DialRequest, listener: LinkListener): Link;
}
/**
 * What a link tells.
 *
 * - `opened` MUST come at most once and first.
 * - `closed` MUST come exactly once for a link that was not terminated, also when the dial fails, and MUST be the last.
 * - After `terminate()` nothing MUST come.
 * - Whatever the socket calls an error MUST end in `closed`; it MUST NOT reach the host program in any other way.
 */
interface LinkListener {
  opened(): void;
  /** One whole message: a string, or bytes that nobody else changes. */
  message(data: Data): void;
  /** Any byte or pong, where the runtime shows them; a message counts without it. */
  heard(): void;
  /** The send buffer was full and is empty again, where the runtime tells; elsewhere the driver looks now and then. */
  drained?(): void;
  closed(close: Close): void;
}
/**
 * One socket.
 *
 * - `send` before `opened` is the caller's mistake. On a socket that is closing it MUST NOT throw.
 * - `send` MUST throw, synchronously and without harm to the link, for data that cannot be sent.
 * - `close` starts the closing handshake; `closed` follows if and when the peer answers, never synchronously.
 * - `terminate` drops the socket at once, in any phase, as hard as the runtime allows. Idempotent, never throws.
 */
interface Link {
  send(data: Data): void;
  close(code: number, reason: string): void;
  terminate(): void;
  /** A ping of the protocol itself (RFC 6455 section 5.5.2), where the runtime has one. */
  ping?(): void;
  /** Bytes accepted by `send` that the network has not taken yet. */
  readonly bufferedBytes: number;
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
  readonly policy: Policy;
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
  dispatch(event: Event): void;
  /** Writes to the newest link. Throws what the link throws. */
  write(data: Data): void;
}
/** How bad it is. */
type LogLevel = "debug" | "info" | "warn" | "error";
/** One thing that happened, with its facts. */
interface LogEntry {
  readonly level: LogLevel;
  /** Which kind of thing, in words that do not change: `"link lost"`. */
  readonly message: string;
  /** The facts: attempt, code, delay, error. */
  readonly details: Readonly<Record<string, unknown>>;
}
/** Takes what happens. `write` MUST NOT throw; if it does, the entry is lost and nothing else. */
interface Log {
  write(entry: LogEntry): void;
}
/** The clock of this runtime. Looks the globals up when asked, so that importing it touches none. */
declare const systemClock: Clock;
/** Every code there is, and whether the same call may succeed later. Cause and remedy of each: `docs/errors.md`. */
declare const errorCodes: {
  readonly CONFIG: false;
  readonly CLOSED: false;
  readonly LINK_DOWN: true;
  readonly TIMEOUT: true;
  readonly OUTBOX_FULL: true;
  readonly INBOX_FULL: false;
  readonly INVALID_MESSAGE: false;
};
/** What went wrong, in a word that does not change between versions. */
type ErrorCode = keyof typeof errorCodes;
/** The only error this library throws or rejects with, an aborted signal's reason aside. */
declare class HoldfastError extends Error {
  override readonly name = "HoldfastError";
  /** What went wrong; decide by this, never by the message. */
  readonly code: ErrorCode;
  /** Whether the same call may succeed later, unchanged. */
  readonly retryable: boolean;
  constructor(code: ErrorCode, message: string, cause?: unknown);
  /** Whether this is an error of ours, and of that code if one is named. Works across copies of the package. */
  static is<C extends ErrorCode = ErrorCode>(error: unknown, code?: C): error is HoldfastError & {
    readonly code: C;
  };
}
export { Verdict as A, Hint as C, Instant as D, LinkId as E, after as O, Event as S, Why as T, Clock as _, LogEntry as a, Policy as b, Driver as c, Data as d, DialRequest as f, Surroundings as g, Transport as h, Log as i, verdictOf as j, Close as k, Host as l, LinkListener as m, HoldfastError as n, LogLevel as o, Link as p, systemClock as r, Attempt as s, ErrorCode as t, Judgement as u, State as v, Vitals as w, backoffMs as x, Backoff as y };
