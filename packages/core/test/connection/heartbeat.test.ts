import { describe, expect, it } from "vitest";
import type { Vitals } from "../../src/connection/event.ts";
import type { Open, State } from "../../src/connection/state.ts";
import type { Env, Step } from "../../src/connection/step.ts";
import { transition } from "../../src/connection/transition.ts";
import type { Instant } from "../../src/protocol/instant.ts";
import { at, policy, states } from "./bench.ts";

function vitals(heardAt: number, more: Partial<Vitals> = {}): Partial<Env> {
  return { vitals: { heardAt: heardAt as Instant, drainedBytes: 0, bufferedBytes: 0, ...more } };
}

function tick(state: State, now: number, more: Partial<Env> = {}): Step {
  return transition(state, { type: "timer" }, at(now, more));
}

/** A deadline that passes, and the moment of grace after it. */
function miss(state: State, now: number, more: Partial<Env> = {}): Step {
  return tick(tick(state, now, more)[0], now + 20, more);
}

/** A link on which a ping was written at 25 s. */
const pinged = tick(states.open, 25_000)[0] as Open;

describe("the heartbeat", () => {
  it("pings after intervalMs of silence, and the deadline starts when the ping is written", () => {
    const [state, ...effects] = tick(states.open, 25_040);
    expect(effects).toEqual(["ping"]);
    expect(state.deadline).toBe(35_040);
  });

  it("does not ping while the peer is heard: the interval starts anew at the last sign of life", () => {
    const [state, ...effects] = tick(states.open, 25_000, vitals(20_000));
    expect(effects).toEqual([]);
    expect(state.deadline).toBe(45_000);
  });

  it("pladaria#98, vueuse#4607: finds a link that died without a word, and dials at once", () => {
    const [state, ...effects] = miss(pinged, 35_000);
    expect(state).toMatchObject({ phase: "judging", why: { kind: "silent" } });
    expect(effects).toEqual(["abandon", "judge"]);
    expect(transition(state, { type: "judged" }, at(35_000))[0].phase).toBe("dialing");
  });

  it("does not hammer: a link that goes silent before it was stable waits like any other", () => {
    const [state] = miss({ ...pinged, failures: 1, stableAt: 99_000 as Instant }, 35_000);
    expect(transition(state, { type: "judged" }, at(35_000))[0].phase).toBe("waiting");
  });

  it("takes any sign of life for an answer", () => {
    const [state, ...effects] = tick(pinged, 35_000, vitals(30_000));
    expect(effects).toEqual([]);
    expect(state).toMatchObject({ phase: "open", deadline: 55_000, ping: undefined });
  });

  it("takes a draining send buffer for life, if it was full when the ping was written", () => {
    const uploading = tick(states.open, 25_000, vitals(0, { drainedBytes: 100, bufferedBytes: 900 }))[0];
    const progress = vitals(0, { drainedBytes: 500, bufferedBytes: 500 });
    expect(tick(uploading, 35_000, progress)[0]).toMatchObject({ phase: "open", deadline: 60_000 });
    const stuck = vitals(0, { drainedBytes: 100, bufferedBytes: 900 });
    expect(miss(uploading, 35_000, stuck)[0].phase).toBe("judging");
  });

  it("does not take bytes that left an empty buffer for life: they may be in our own kernel", () => {
    const quiet = tick(states.open, 25_000, vitals(0, { drainedBytes: 100 }))[0];
    expect(miss(quiet, 35_000, vitals(0, { drainedBytes: 900 }))[0].phase).toBe("judging");
  });

  it("gives an answer that is here and not read yet a moment: the loop may have been busy until now", () => {
    const [state, ...effects] = tick(pinged, 35_090);
    expect(effects).toEqual([]);
    expect(state).toMatchObject({ phase: "open", deadline: 35_110 });
    expect(tick(state, 35_110, vitals(35_095))[0]).toMatchObject({ phase: "open", deadline: 60_095 });
  });

  it("asks again when that moment, too, is over late", () => {
    const [state, ...effects] = tick(tick(pinged, 35_090)[0], 36_000);
    expect(effects).toEqual(["ping"]);
    expect(state).toMatchObject({ phase: "open", deadline: 39_000 });
  });

  it("does not let hints put off the death of a link on which a ping is out", () => {
    expect(transition(pinged, { type: "hint", hint: "awake" }, at(34_000))).toEqual([{ ...pinged }]);
  });

  it("react-use-websocket#269: a deadline that fires late, after a sleep, probes before it kills", () => {
    const [state, ...effects] = tick(pinged, 3_600_000);
    expect(effects).toEqual(["ping"]);
    expect(state).toMatchObject({ phase: "open", deadline: 3_603_000 });
    expect(tick(state, 3_603_000, vitals(3_600_100))[0].phase).toBe("open");
    expect(tick(state, 3_603_000)[0].phase).toBe("judging");
  });

  it("react-use-websocket#273: in a throttled tab, where every deadline is late, a dead link is found all the same", () => {
    let state: State = pinged;
    let now = 25_000;
    for (let i = 0; i < 4 && state.phase === "open"; i++) [state] = tick(state, (now += 60_000));
    expect(state.phase).toBe("judging");
  });

  it("forgives two late deadlines in a row, and no third", () => {
    let state: State = pinged;
    const phases = [100_000, 200_000, 300_000].map((now) => ([state] = tick(state, now))[0].phase);
    expect(phases).toEqual(["open", "open", "judging"]);
  });

  it("takes a deadline for late when it is by more than a tenth of a second", () => {
    expect(tick(pinged, 35_100)).toHaveLength(1);
    expect(tick(pinged, 35_101)[1]).toBe("ping");
  });

  it("react-use-websocket#270: a timeout shorter than the interval does not kill before the first ping", () => {
    const env = { policy: { ...policy, heartbeat: { intervalMs: 5_000, timeoutMs: 1_000 } } };
    const [state, ...effects] = tick({ ...states.open, deadline: 5_000 as Instant }, 5_000, env);
    expect(state.phase).toBe("open");
    expect(effects).toEqual(["ping"]);
  });

  it("pings again at once when the answer is older than the interval", () => {
    const env = { policy: { ...policy, heartbeat: { intervalMs: 1_000, timeoutMs: 5_000 } } };
    const [state, ...effects] = tick({ ...pinged, deadline: 30_000 as Instant }, 30_000, {
      ...env,
      ...vitals(26_000),
    });
    expect(effects).toEqual(["ping"]);
    expect(state.deadline).toBe(35_000);
  });
});

describe("a hint", () => {
  const hint = (state: State, word: "online" | "offline" | "awake" | "asleep", now = 30_000): Step =>
    transition(state, { type: "hint", hint: word }, at(now));

  it.each(["online", "offline", "awake"] as const)("%s probes the link instead of dropping it", (word) => {
    const [state, ...effects] = hint(states.open, word);
    expect(state).toMatchObject({ phase: "open", deadline: 33_000 });
    expect(effects).toEqual(["ping"]);
  });

  it("probes like any other ping: an answer that is not read yet is given a moment", () => {
    const [probed] = hint(states.open, "awake");
    expect(tick(probed, 33_000)[0]).toMatchObject({ phase: "open", deadline: 33_020 });
  });

  it("asleep forgets the ping that is out: nobody can answer a page that stands still", () => {
    const [state] = hint(pinged, "asleep");
    expect(state).toMatchObject({ phase: "open", ping: undefined, deadline: 55_000 });
  });

  it("changes nothing for a link without heartbeat: there is nothing to ask with", () => {
    const env = at(30_000, { policy: { ...policy, heartbeat: undefined } });
    expect(transition(states.open, { type: "hint", hint: "awake" }, env)).toEqual([states.open]);
  });
});
