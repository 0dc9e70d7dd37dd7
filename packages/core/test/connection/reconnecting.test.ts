import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Event, Hint } from "../../src/connection/event.ts";
import { backoffMs } from "../../src/connection/policy.ts";
import { initial, type State } from "../../src/connection/state.ts";
import { transition } from "../../src/connection/transition.ts";
import { never } from "../../src/protocol/instant.ts";
import { at, link, policy, run, states } from "./bench.ts";

const refused = { kind: "closed", code: 1006, reason: "", wasClean: false } as const;

function closedWith(code: number, wasClean = true): State {
  const why = { ...refused, code, wasClean };
  return run(states.open, [{ type: "lost", linkId: link(1), why }, { type: "judged" }])[0];
}

describe("backoff", () => {
  it("draws anew from the whole window at every attempt", () => {
    const waits = [0, 0.25, 0.999].map((roll) => backoffMs(policy.backoff, 1, roll));
    expect(waits).toEqual([0, 125, 499.5]);
  });

  it("cloudflare/partykit#397: the default is random at every attempt, not a midpoint drawn once", () => {
    const deadlines = [0.1, 0.7].map((roll) => {
      const env = at(0, { roll });
      return run(states.judging, [{ type: "judged" }], env)[0].deadline;
    });
    expect(new Set(deadlines).size).toBe(2);
  });

  it("grows by the factor and stops at the largest window", () => {
    const windows = [1, 2, 3, 7, 50].map((failures) => backoffMs(policy.backoff, failures, 1));
    expect(windows).toEqual([500, 1_000, 2_000, 30_000, 30_000]);
  });

  it("is a number after any number of failures, with any window", () => {
    for (const initialMs of [0, 1, 500]) {
      for (const failures of [1, 1_000, 5_000]) {
        const waitMs = backoffMs({ ...policy.backoff, initialMs }, failures, 0.5);
        expect(waitMs >= 0 && waitMs <= 30_000).toBe(true);
      }
    }
  });

  it("waits exactly the window without jitter", () => {
    expect(backoffMs({ ...policy.backoff, jitter: "none" }, 2, 0.1)).toBe(1_000);
  });
});

describe("a row of failures", () => {
  it("goes on while links do not hold for stableAfterMs", () => {
    const [state] = run(states.open, [{ type: "lost", linkId: link(1), why: refused, at: 4_999 }]);
    const again = { ...states.open, failures: 3 };
    expect(state.failures).toBe(1);
    expect(run(again, [{ type: "lost", linkId: link(1), why: refused, at: 4_999 }])[0].failures).toBe(4);
  });

  it("begins anew once a link held", () => {
    const again = { ...states.open, failures: 3 };
    const [state] = run(again, [{ type: "lost", linkId: link(1), why: refused, at: 5_000 }]);
    expect(state.failures).toBe(1);
  });

  it("ends the connection at maxAttempts, with the cause", () => {
    const env = at(0, { policy: { ...policy, backoff: { ...policy.backoff, maxAttempts: 1 } } });
    const [state] = run(states.judging, [{ type: "judged" }], env);
    expect(state).toMatchObject({ phase: "ended", why: refused, close: refused });
  });

  it("is forgotten by reconnect()", () => {
    const [state] = run({ ...states.waiting, failures: 9 }, [{ type: "reconnect" }]);
    expect(state.failures).toBe(0);
  });
});

describe("the verdict", () => {
  it.each([1000, 1002, 1007, 1009, 4000, 4099])("%i ends the connection", (code) => {
    expect(closedWith(code)).toMatchObject({ phase: "ended", close: { code }, why: { code } });
  });

  it.each([1001, 1005, 1006, 1008, 1011, 1012, 1013, 3000, 4100, 4999, 0, NaN])("%d is retried", (code) => {
    expect(closedWith(code).phase).toBe("waiting");
  });

  it("on a frame that was broken on the way is to try again; on one that the peer refused, to stop", () => {
    expect([1002, 1007, 1009].map((code) => closedWith(code, false).phase)).toEqual([
      "waiting",
      "waiting",
      "ended",
    ]);
  });

  it("of the user wins over the table, both ways", () => {
    const lose = { type: "lost", linkId: link(1), why: { ...refused, code: 1000 } } as const;
    expect(run(states.open, [lose, { type: "judged", verdict: "retry" }])[0].phase).toBe("waiting");
    const other = { ...lose, why: refused };
    expect(run(states.open, [other, { type: "judged", verdict: "stop" }])[0].phase).toBe("ended");
  });

  it("takes a delay of the user's, or stops as the user says", () => {
    const env = at(1_000);
    expect(run(states.judging, [{ type: "judged", delayMs: 70 }], env)[0].deadline).toBe(1_070);
    expect(run(states.judging, [{ type: "judged", delayMs: 0 }], env)[0]).toMatchObject({
      phase: "waiting",
      deadline: 1_000,
    });
    expect(run(states.judging, [{ type: "judged", delayMs: "stop" }], env)[0].phase).toBe("ended");
  });
});

describe("without a network", () => {
  it("waits for the longest window, so that an `offline` that lies does not matter for ever", () => {
    const [state] = run(states.open, [
      { type: "hint", hint: "offline" },
      { type: "lost", linkId: link(1), why: refused },
      { type: "judged" },
    ]);
    expect(state).toMatchObject({ phase: "waiting", network: "offline", deadline: 30_000 });
    expect(run(state, [{ type: "timer", at: 30_000 }])[0].phase).toBe("dialing");
  });

  it("dials when the network is back", () => {
    const [state] = run(states.waiting, [{ type: "hint", hint: "offline" }]);
    expect(run(state, [{ type: "hint", hint: "online" }])[0].phase).toBe("dialing");
  });

  it("appuri/robust-websocket#27: an `online` that lies does not matter, however often: it costs no attempt that would have come", () => {
    let state: State = states.waiting;
    for (let lies = 0; lies < 50; lies++) {
      const [next, ...effects] = run(state, [
        { type: "hint", hint: "online" },
        { type: "lost", linkId: link(state.linkId + 1), why: refused },
        { type: "judged" },
      ]);
      expect(next).toMatchObject({ phase: "waiting", failures: states.waiting.failures });
      expect(effects).toEqual([]);
      state = next;
    }
  });
});

describe("anything that can happen", () => {
  const anyEvent: fc.Arbitrary<Event> = fc.oneof(
    fc.constantFrom<Event>({ type: "open" }, { type: "reconnect" }, { type: "timer" }),
    fc.constant<Event>({ type: "close", code: 1000, reason: "" }),
    fc.nat(4).map((id): Event => ({ type: "opened", linkId: link(id) })),
    fc.nat(4).map((id): Event => ({ type: "greeted", linkId: link(id) })),
    fc
      .tuple(fc.nat(4), fc.constantFrom(1000, 1006, 1009, 4001, 4200))
      .map(([id, code]): Event => ({ type: "lost", linkId: link(id), why: { ...refused, code } })),
    fc
      .tuple(
        fc.constantFrom<"retry" | "stop" | undefined>("retry", "stop", undefined),
        fc.constantFrom<number | "stop" | undefined>(0, 10, "stop", undefined),
      )
      .map(([verdict, delayMs]): Event => ({ type: "judged", verdict, delayMs })),
    fc
      .constantFrom<Hint>("online", "offline", "awake", "asleep")
      .map((hint): Event => ({ type: "hint", hint })),
  );
  const history = fc.array(fc.tuple(anyEvent, fc.nat(20_000)), { maxLength: 60 });

  it("keeps a deadline wherever somebody is waited for, one link at most, and ids that only grow", () => {
    fc.assert(
      fc.property(history, (steps) => {
        let state = initial;
        let now = 0;
        let dialled = 0;
        for (const [event, ms] of steps) {
          now += ms;
          const before = state;
          const [next, ...effects] = transition(state, event, at(now));
          state = next;
          expect(next.linkId).toBeGreaterThanOrEqual(before.linkId);
          const waits = ["dialing", "greeting", "waiting", "open", "closing"].includes(next.phase);
          expect(next.deadline === never).toBe(!waits);
          // A dial is always preceded by letting go of the link before.
          if (effects.includes("dial")) {
            dialled++;
            expect(effects.indexOf("abandon")).toBeLessThan(effects.indexOf("dial"));
            expect(next.linkId).toBe(dialled);
          }
          // Who does not want a link has none.
          const left = ["open", "greeting", "dialing"].includes(before.phase);
          if (left && ["judging", "ended"].includes(next.phase)) expect(effects).toContain("abandon");
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("does nothing more after the end, whatever happens, until reconnect()", () => {
    fc.assert(
      fc.property(history, (steps) => {
        let now = 0;
        for (const [event, ms] of steps) {
          now += ms;
          if (event.type === "reconnect") continue;
          const [next, ...effects] = transition(states.ended, event, at(now));
          expect({ ...next, network: "online" }).toEqual(states.ended);
          expect(effects).toEqual([]);
        }
      }),
    );
  });

  it("replays exactly: the same events give the same states", () => {
    fc.assert(
      fc.property(history, (steps) => {
        const play = (): State =>
          steps.reduce<State>((state, [event, ms]) => transition(state, event, at(ms))[0], initial);
        expect(play()).toEqual(play());
      }),
    );
  });
});
