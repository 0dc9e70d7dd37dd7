import { after, type Instant, never } from "../protocol/instant.ts";
import { dial, redial } from "./dial.ts";
import type { Event } from "./event.ts";
import { beat, notice } from "./heartbeat.ts";
import { judged, lose } from "./lose.ts";
import { become, end, type State } from "./state.ts";
import type { Chart, Env, Handler, Step } from "./step.ts";
import { asked } from "./why.ts";

/** The whole connection: one event, one step. An event that does not concern the state returns the same state. */
export function transition(state: State, event: Event, env: Env): Step {
  if ("linkId" in event && event.linkId !== state.linkId) return [state];
  if (event.type === "timer" && env.now < state.deadline) return [state];
  if (event.type === "reconnect") return redial(state, env);
  if (event.type === "hint" && (event.hint === "online" || event.hint === "offline")) {
    state = { ...state, network: event.hint };
  }
  const handler = chart[state.phase][event.type] as Handler | undefined;
  return handler?.(state, event, env) ?? [state];
}

const overdue: Handler<"dialing" | "greeting", "timer"> = (state, _, env) =>
  lose(state, { why: { kind: "timeout", phase: state.phase } }, env);

const hangUp: Handler<"greeting" | "open", "close"> = (state, { code, reason }, { now, policy }) => [
  become(state, { phase: "closing", deadline: after(now, policy.closeTimeoutMs), code, reason }),
  "hangUp",
];

/** There is no socket to close, so there is no code either. */
const quit: Handler<"idle" | "judging" | "waiting", "close"> = (state) => [end(state, asked)];

/** The table of ARCHITECTURE.md. What is not in it changes nothing. */
const chart: Chart = {
  idle: {
    open: (state, _, env) => dial(state, asked, env),
    close: quit,
  },
  dialing: {
    opened: (state) => [
      // A socket that opens knows better than the hint.
      { ...state, phase: "greeting", network: "online" },
      "greet",
    ],
    lost: lose,
    timer: overdue,
    close: (state) => [end(state, asked), "abandon"],
  },
  greeting: {
    greeted: (state, _, { now, policy: { stableAfterMs, heartbeat } }) => [
      become(state, {
        phase: "open",
        stableAt: after(now, stableAfterMs),
        deadline: heartbeat ? after(now, heartbeat.intervalMs) : never,
      }),
      "flush",
    ],
    lost: lose,
    timer: overdue,
    close: hangUp,
  },
  judging: { judged, close: quit },
  waiting: {
    timer: (state, _, env) => dial(state, state.why, env),
    hint: (state, { hint }, env) => {
      // A hint may lie, again and again: the attempt that it brings is one more, and counts for none.
      if (hint === "online" || hint === "awake") {
        return dial({ ...state, failures: state.failures - 1 }, state.why, env);
      }
      if (hint !== "offline") return [state];
      return [
        { ...state, deadline: Math.max(after(env.now, env.policy.backoff.maxMs), state.deadline) as Instant },
      ];
    },
    close: quit,
  },
  open: { lost: lose, timer: beat, hint: notice, close: hangUp },
  closing: {
    lost: (state, { why }) => [end(state, asked, why), "abandon"],
    timer: (state) => [
      end(state, asked, { kind: "closed", code: 1006, reason: "", wasClean: false }),
      "abandon",
    ],
  },
  ended: {},
};
