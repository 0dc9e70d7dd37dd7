import { verdictOf } from "../protocol/close.ts";
import { after } from "../protocol/instant.ts";
import { dial } from "./dial.ts";
import type { Event } from "./event.ts";
import { backoffMs } from "./policy.ts";
import { become, end, type Judging, type State } from "./state.ts";
import type { Env, Step } from "./step.ts";
import type { Why } from "./why.ts";

/** A link is gone, though its socket may not know it yet. Losing one that had held starts a new row of failures. */
export function lose(state: State, { why }: { readonly why: Why }, { now }: Env): Step {
  const wasStable = state.phase === "open" && now >= state.stableAt;
  const failures = wasStable ? 1 : state.failures + 1;
  return [become(state, { phase: "judging", failures, why }), "abandon", "judge"];
}

/** The user has spoken, or left it to the defaults: give up, dial, or wait. */
export function judged(state: Judging, event: Event & { readonly type: "judged" }, env: Env): Step {
  const { why, failures } = state;
  const { backoff } = env.policy;
  const verdict = event.verdict ?? (why.kind === "closed" ? verdictOf(why) : "retry");
  if (verdict === "stop" || event.delayMs === "stop" || failures >= backoff.maxAttempts) {
    return [end(state, why)];
  }
  // A death that we found ourselves is nobody else's: no herd comes with us, so the first dial need not wait.
  // Every other one waits, if only for a timer: a dial that fails at once must not spin.
  if (why.kind === "silent" && failures === 1 && event.delayMs === undefined) return dial(state, why, env);
  const delayMs = event.delayMs ?? backoffMs(backoff, failures, env.roll);
  // Without a network an attempt is a waste; but the hint may lie, so we look again after the longest window.
  const waitMs = state.network === "offline" ? Math.max(delayMs, backoff.maxMs) : delayMs;
  return [become(state, { phase: "waiting", deadline: after(env.now, waitMs), why })];
}
