import { type Close, verdictOf } from "../protocol/close.ts";
import { after, type Instant } from "../protocol/instant.ts";
import { nextLink } from "../protocol/ids.ts";
import { backoffMs } from "./backoff.ts";
import type { Effect } from "./effect.ts";
import type { Event } from "./event.ts";
import { look, probe, rest } from "./heartbeat.ts";
import type { Policy } from "./policy.ts";
import {
  type Closing,
  type Dialing,
  ended,
  type Greeting,
  type Idle,
  type Judging,
  type Open,
  type State,
  type Waiting,
} from "./state.ts";
import { asked, type Why } from "./why.ts";

/** Time and chance are arguments, so that a recorded log replays exactly. */
export interface Env {
  readonly now: Instant;
  /** Chance, in [0, 1). */
  readonly roll: number;
  readonly policy: Policy;
}

/** Where a connection goes, and what it wants done on the way. */
export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** The whole connection: one event, one step. An event that does not concern the state returns the same state. */
export function transition(state: State, event: Event, env: Env): Step {
  if ("linkId" in event && event.linkId !== state.linkId) return stay(state);
  if (event.type === "reconnect") return dial({ ...state, failures: 0 }, asked, env);
  if (event.type === "hint" && (event.hint === "online" || event.hint === "offline")) {
    state = { ...state, network: event.hint };
  }
  switch (state.phase) {
    case "idle":
      return idle(state, event, env);
    case "dialing":
    case "greeting":
      return attempting(state, event, env);
    case "judging":
      return judging(state, event, env);
    case "waiting":
      return waiting(state, event, env);
    case "open":
      return open(state, event, env);
    case "closing":
      return closing(state, event, env);
    case "ended":
      return stay(state);
  }
}

function idle(state: Idle, event: Event, env: Env): Step {
  if (event.type === "open") return dial(state, asked, env);
  if (event.type === "close") return { state: ended(state, undefined), effects: [] };
  return stay(state);
}

function attempting(state: Dialing | Greeting, event: Event, env: Env): Step {
  const { linkId } = state;
  switch (event.type) {
    case "opened":
      return { state: { ...state, phase: "greeting" }, effects: [{ type: "greet", linkId }] };
    case "greeted":
      return state.phase === "greeting" ? settle(state, env) : stay(state);
    case "lost":
      return lose(state, state.failures + 1, event.why);
    case "timer":
      return env.now >= state.deadline
        ? lose(state, state.failures + 1, { kind: "timeout" })
        : stay(state);
    case "close":
      // The socket of a greeting is open: it is owed a closing handshake. That of a dial is not.
      return state.phase === "greeting"
        ? hangUp(state, event, env)
        : { state: ended(state, undefined), effects: [{ type: "abandon" }] };
    default:
      return stay(state);
  }
}

function judging(state: Judging, event: Event, env: Env): Step {
  const { why, failures } = state;
  if (event.type === "close") return { state: ended(state, closeOf(why)), effects: [] };
  if (event.type !== "judged") return stay(state);
  const { backoff } = env.policy;
  const verdict = event.verdict ?? (why.kind === "closed" ? verdictOf(why.code) : "retry");
  if (verdict === "stop" || event.delayMs === "stop" || failures >= backoff.maxAttempts) {
    return { state: ended(state, closeOf(why), why), effects: [] };
  }
  // A death that we found ourselves is nobody else's: no herd comes with us, so the first dial need not wait.
  const isOwnFinding = why.kind === "silent" && failures === 1;
  const delayMs = event.delayMs ?? (isOwnFinding ? 0 : backoffMs(backoff, failures, env.roll));
  if (delayMs === 0) return dial(state, why, env);
  // Without a network an attempt is a waste; but the hint may lie, so we look again after the longest window.
  const waitMs = state.network === "offline" ? Math.max(delayMs, backoff.maxMs) : delayMs;
  return {
    state: { ...state, phase: "waiting", deadline: after(env.now, waitMs) },
    effects: [],
  };
}

function waiting(state: Waiting, event: Event, env: Env): Step {
  switch (event.type) {
    case "timer":
      return env.now >= state.deadline ? dial(state, state.why, env) : stay(state);
    case "hint":
      if (event.hint === "online" || event.hint === "awake") return dial(state, state.why, env);
      return event.hint === "offline"
        ? {
            state: { ...state, deadline: after(env.now, env.policy.backoff.maxMs) },
            effects: [],
          }
        : stay(state);
    case "close":
      return { state: ended(state, closeOf(state.why)), effects: [] };
    default:
      return stay(state);
  }
}

function open(state: Open, event: Event, env: Env): Step {
  switch (event.type) {
    case "timer":
      return env.now >= state.heartbeat.deadline ? listen(state, event.vitals, env) : stay(state);
    case "hint":
      return notice(state, event, env);
    case "lost":
      return lose(state, failuresAfter(state, env), event.why);
    case "close":
      return hangUp(state, event, env);
    default:
      return stay(state);
  }
}

function closing(state: Closing, event: Event, env: Env): Step {
  if (event.type === "lost") return { state: ended(state, closeOf(event.why)), effects: [] };
  if (event.type === "timer" && env.now >= state.deadline) {
    const close = { code: 1006, reason: "", wasClean: false };
    return { state: ended(state, close), effects: [{ type: "abandon" }] };
  }
  return stay(state);
}

function stay(state: State): Step {
  return { state, effects: [] };
}

/** A new link, whatever became of the one before. */
function dial(from: State, why: Why, { now, policy }: Env): Step {
  const linkId = nextLink(from.linkId);
  const { failures, network } = from;
  const deadline = after(now, policy.dialTimeoutMs);
  return {
    state: { phase: "dialing", linkId, failures, network, deadline },
    effects: [{ type: "abandon" }, { type: "dial", linkId, attempt: failures + 1, why }],
  };
}

/** Messages may flow from here. */
function settle({ linkId, failures, network }: Greeting, { now, policy }: Env): Step {
  const stableAt = after(now, policy.stableAfterMs);
  const heartbeat = rest(policy.heartbeat, now);
  return {
    state: { phase: "open", linkId, failures, network, stableAt, heartbeat },
    effects: [{ type: "flush" }],
  };
}

/** A link is gone. Its socket may not know it yet. */
function lose({ linkId, network }: State, failures: number, why: Why): Step {
  return {
    state: { phase: "judging", linkId, failures, network, why },
    effects: [{ type: "abandon" }, { type: "judge", attempt: failures + 1, why }],
  };
}

/** Losing a link that had held starts a new row of failures. */
function failuresAfter({ failures, stableAt }: Open, { now }: Env): number {
  return now >= stableAt ? 1 : failures + 1;
}

/** The closing handshake, which a dead peer never answers. */
function hangUp(
  { linkId, failures, network }: State,
  { code, reason }: { readonly code: number; readonly reason: string },
  { now, policy }: Env,
): Step {
  const deadline = after(now, policy.closeTimeoutMs);
  return {
    state: { phase: "closing", linkId, failures, network, deadline },
    effects: [{ type: "hangUp", code, reason }],
  };
}

/** The heartbeat's deadline has passed. */
function listen(state: Open, vitals: Parameters<typeof look>[3], env: Env): Step {
  const { heartbeat: policy } = env.policy;
  if (!policy) return stay(state);
  const heartbeat = look(state.heartbeat, policy, env.now, vitals);
  if (heartbeat === "dead") return lose(state, failuresAfter(state, env), { kind: "silent" });
  return {
    state: { ...state, heartbeat },
    effects: heartbeat.phase === "pinged" ? [{ type: "ping" }] : [],
  };
}

/** Whatever the runtime noticed, the link may have died of it: ask. Before the page stands still, owe nobody an answer. */
function notice(state: Open, event: Event & { readonly type: "hint" }, { now, policy }: Env): Step {
  if (!policy.heartbeat) return stay(state);
  return event.hint === "asleep"
    ? { state: { ...state, heartbeat: rest(policy.heartbeat, now) }, effects: [] }
    : { state: { ...state, heartbeat: probe(now, event.vitals) }, effects: [{ type: "ping" }] };
}

function closeOf(why: Why): Close | undefined {
  return why.kind === "closed" ? why : undefined;
}

