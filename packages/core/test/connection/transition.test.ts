import { describe, expect, it } from "vitest";
import type { Event } from "../../src/connection/event.ts";
import type { Phase } from "../../src/connection/state.ts";
import { transition } from "../../src/connection/transition.ts";
import { at, link, states } from "./bench.ts";

const lost: Event = {
  type: "lost",
  linkId: link(1),
  why: { kind: "closed", code: 1006, reason: "", wasClean: false },
};

/** The events, as they come to a state that has waited past its deadline. */
const events = {
  open: { type: "open" },
  reconnect: { type: "reconnect" },
  close: { type: "close", code: 1000, reason: "" },
  opened: { type: "opened", linkId: link(1) },
  greeted: { type: "greeted", linkId: link(1) },
  lost,
  judged: { type: "judged" },
  timer: { type: "timer" },
  online: { type: "hint", hint: "online" },
  offline: { type: "hint", hint: "offline" },
  awake: { type: "hint", hint: "awake" },
  asleep: { type: "hint", hint: "asleep" },
} as const satisfies Record<string, Event>;

type Row = Record<keyof typeof events, string>;
const stay = "-";

/** Every state and event: the phase that follows and what is to be done; "-" where nothing changes. */
const table: Record<Phase, Row> = {
  idle: {
    open: "dialing: abandon dial",
    reconnect: "dialing: abandon dial",
    close: "ended:",
    opened: stay,
    greeted: stay,
    lost: stay,
    judged: stay,
    timer: stay,
    online: "idle:",
    offline: "idle:",
    awake: stay,
    asleep: stay,
  },
  dialing: {
    open: stay,
    reconnect: "dialing: abandon dial",
    close: "ended: abandon",
    opened: "greeting: greet",
    greeted: stay,
    lost: "judging: abandon judge",
    judged: stay,
    timer: "judging: abandon judge",
    online: "dialing:",
    offline: "dialing:",
    awake: stay,
    asleep: stay,
  },
  greeting: {
    open: stay,
    reconnect: "dialing: hangUp abandon dial",
    close: "closing: hangUp",
    opened: stay,
    greeted: "open: flush",
    lost: "judging: abandon judge",
    judged: stay,
    timer: "judging: abandon judge",
    online: "greeting:",
    offline: "greeting:",
    awake: stay,
    asleep: stay,
  },
  open: {
    open: stay,
    reconnect: "dialing: hangUp abandon dial",
    close: "closing: hangUp",
    opened: stay,
    greeted: stay,
    lost: "judging: abandon judge",
    judged: stay,
    timer: "open: ping",
    online: "open: ping",
    offline: "open: ping",
    awake: "open: ping",
    asleep: "open:",
  },
  judging: {
    open: stay,
    reconnect: "dialing: abandon dial",
    close: "ended:",
    opened: stay,
    greeted: stay,
    lost: stay,
    judged: "waiting:",
    timer: stay,
    online: "judging:",
    offline: "judging:",
    awake: stay,
    asleep: stay,
  },
  waiting: {
    open: stay,
    reconnect: "dialing: abandon dial",
    close: "ended:",
    opened: stay,
    greeted: stay,
    lost: stay,
    judged: stay,
    timer: "dialing: abandon dial",
    online: "dialing: abandon dial",
    offline: "waiting:",
    awake: "dialing: abandon dial",
    asleep: stay,
  },
  closing: {
    open: stay,
    reconnect: "dialing: abandon dial",
    close: stay,
    opened: stay,
    greeted: stay,
    lost: "ended: abandon",
    judged: stay,
    timer: "ended: abandon",
    online: "closing:",
    offline: "closing:",
    awake: stay,
    asleep: stay,
  },
  ended: {
    open: stay,
    reconnect: "dialing: abandon dial",
    close: stay,
    opened: stay,
    greeted: stay,
    lost: stay,
    judged: stay,
    timer: stay,
    online: "ended:",
    offline: "ended:",
    awake: stay,
    asleep: stay,
  },
};

describe.each(Object.entries(table))("%s", (phase, row) => {
  it.each(Object.entries(row))("%s: %s", (name, expected) => {
    const state = states[phase as Phase];
    const env = at(Number.isFinite(state.deadline) ? state.deadline : 60_000);
    const [next, ...effects] = transition(state, events[name as keyof typeof events], env);
    const seen = next === state ? stay : `${next.phase}: ${effects.join(" ")}`.trim();
    expect(seen).toBe(expected);
  });

  it.each(["opened", "greeted", "lost"] as const)("ignores a stale %s altogether", (name) => {
    const state = states[phase as Phase];
    const stale = { ...events[name], linkId: link(99) };
    expect(transition(state, stale, at(0))).toEqual([state]);
  });

  it("keeps quiet about a timer that fires before the deadline", () => {
    const state = states[phase as Phase];
    expect(transition(state, { type: "timer" }, at(-1))[0]).toBe(state);
  });
});
