import type { Event } from "../../src/connection/event.ts";
import type { Policy } from "../../src/connection/policy.ts";
import { initial, type Phase, type State } from "../../src/connection/state.ts";
import type { Env, Step } from "../../src/connection/step.ts";
import { transition } from "../../src/connection/transition.ts";
import type { LinkId } from "../../src/protocol/ids.ts";
import type { Instant } from "../../src/protocol/instant.ts";

export const policy: Policy = {
  backoff: { initialMs: 500, maxMs: 30_000, factor: 2, jitter: "full", maxAttempts: Infinity },
  dialTimeoutMs: 10_000,
  closeTimeoutMs: 3_000,
  stableAfterMs: 5_000,
  heartbeat: { intervalMs: 25_000, timeoutMs: 10_000 },
};

/** The environment at `now`, in which nothing was ever heard. */
export function at(now: number, more: Partial<Env> = {}): Env {
  const vitals = { heardAt: 0 as Instant, drainedBytes: 0, bufferedBytes: 0 };
  return { now: now as Instant, roll: 0.5, vitals, policy, ...more };
}

/** Steps through events, a millisecond apart unless the event says when, and gives the last step. */
export function run(from: State, events: readonly (Event & { at?: number })[], env: Env = at(0)): Step {
  let step: Step = [from];
  let now = env.now as number;
  for (const event of events) {
    now = event.at ?? now;
    step = transition(step[0], event, { ...env, now: now as Instant });
  }
  return step;
}

export const link = (id: number): LinkId => id as LinkId;
const one = link(1);

/** One state of each phase, as it comes about: link 1, first attempt. */
export const states: { readonly [P in Phase]: State & { readonly phase: P } } = {
  idle: reach("idle", []),
  dialing: reach("dialing", [{ type: "open" }]),
  greeting: reach("greeting", [{ type: "open" }, { type: "opened", linkId: one }]),
  open: reach("open", [{ type: "open" }, { type: "opened", linkId: one }, { type: "greeted", linkId: one }]),
  judging: reach("judging", [
    { type: "open" },
    { type: "lost", linkId: one, why: { kind: "closed", code: 1006, reason: "", wasClean: false } },
  ]),
  waiting: reach("waiting", [
    { type: "open" },
    { type: "lost", linkId: one, why: { kind: "closed", code: 1006, reason: "", wasClean: false } },
    { type: "judged" },
  ]),
  closing: reach("closing", [
    { type: "open" },
    { type: "opened", linkId: one },
    { type: "close", code: 1000, reason: "done" },
  ]),
  ended: reach("ended", [{ type: "open" }, { type: "close", code: 1000, reason: "" }]),
};

function reach<P extends Phase>(phase: P, events: readonly Event[]): State & { readonly phase: P } {
  const [state] = run(initial, events);
  if (state.phase !== phase) throw new Error(`wanted ${phase}, came to ${state.phase}`);
  return state as State & { readonly phase: P };
}
