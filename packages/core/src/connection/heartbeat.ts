import { after } from "../protocol/instant.ts";
import { lose } from "./lose.ts";
import type { Event } from "./event.ts";
import type { Open, Ping } from "./state.ts";
import type { Env, Step } from "./step.ts";

/** Later than this, a deadline says more about our own loop than about the peer. */
const lateMs = 100;
/** What a probe is given to come back. */
const probeMs = 3_000;
/** What an answer that is here but not read yet is given: the loop may have been busy until now. */
const graceMs = 20;
/** In a throttled tab every deadline is late, so forgiving must end. */
const maxMisses = 2;

/**
 * The heartbeat's deadline has passed: all is well, a ping is due, or the link is dead.
 * The deadline of a ping starts when it is written, not at the last sign of life, and one that fires late probes before it kills.
 */
export function beat(state: Open, _: unknown, env: Env): Step {
  const { now, vitals, policy } = env;
  const { ping, deadline } = state;
  const { intervalMs = 0, timeoutMs = 0 } = policy.heartbeat ?? {};
  if (ping && !isAlive(ping, env)) {
    const { misses } = ping;
    if (now - deadline > lateMs && misses < maxMisses) return pingNow(state, env, probeMs, misses + 1);
    if (misses) return lose(state, { why: { kind: "silent" } }, env);
    return [{ ...state, deadline: after(now, graceMs), ping: { ...ping, misses: 1 } }];
  }
  const next = after(ping && vitals.heardAt < ping.at ? now : vitals.heardAt, intervalMs);
  return next > now ? [{ ...state, deadline: next, ping: undefined }] : pingNow(state, env, timeoutMs, 0);
}

/**
 * Whatever the runtime noticed, the link may have died of it: probe, unless a ping is out already. But before the page
 * stands still, expect nothing.
 */
export function notice(state: Open, { hint }: Event & { readonly type: "hint" }, env: Env): Step {
  const { heartbeat } = env.policy;
  if (!heartbeat) return [state];
  if (hint === "asleep") {
    return [{ ...state, deadline: after(env.now, heartbeat.intervalMs), ping: undefined }];
  }
  return state.ping ? [state] : pingNow(state, env, probeMs, 0);
}

function pingNow(state: Open, { now: at, vitals }: Env, timeoutMs: number, misses: number): Step {
  return [{ ...state, deadline: after(at, timeoutMs), ping: { at, vitals, misses } }, "ping"];
}

/**
 * Anything heard is life. So is a send buffer that drains, but only if it was full when the ping was written:
 * an empty one drains into the kernel of this machine, which proves nothing.
 */
function isAlive({ at, vitals: then }: Ping, { vitals }: Env): boolean {
  return vitals.heardAt >= at || (then.bufferedBytes > 0 && vitals.drainedBytes > then.drainedBytes);
}
