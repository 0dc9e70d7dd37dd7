import type { Instant } from "@holdfast/core/session";
import { describe, expect, it } from "vitest";
import { Pulse, type Vitals } from "../../src/engine/pulse.ts";

const heartbeat = { intervalMs: 1_000, timeoutMs: 500 };
const quiet: Vitals = { bufferedBytes: 0, drainedBytes: 0, readBytes: 0 };
const at = (ms: number): Instant => ms as Instant;

/** Looks whenever it wants to be looked at, until `untilMs`; tells what it said when. */
function watch(pulse: Pulse, untilMs: number, vitals: (ms: number) => Vitals = () => quiet): string[] {
  const said: string[] = [];
  for (let now = pulse.deadline; now <= untilMs; now = pulse.deadline) {
    const beat = pulse.beat(now, vitals(now));
    if (beat !== "fine") said.push(`${beat} ${now}`);
    if (beat === "dead") break;
  }
  return said;
}

describe("the pulse of a link", () => {
  it("asks after an interval of silence, and finds it dead a timeout after it asked", () => {
    expect(watch(new Pulse(heartbeat, at(0)), 5_000)).toEqual(["ping 1000", "dead 1520"]);
  });

  it("asks when only one direction is idle: the client, too, wants to hear something", () => {
    const pulse = new Pulse(heartbeat, at(0));
    pulse.heardAt = at(900);
    expect(pulse.beat(at(1_000), quiet)).toBe("ping");
    const busy = new Pulse(heartbeat, at(0));
    busy.sentAt = at(900);
    expect(busy.beat(at(1_000), quiet)).toBe("ping");
  });

  it("is fine with any byte, even of half a message", () => {
    const said = watch(new Pulse(heartbeat, at(0)), 4_000, (ms) => ({ ...quiet, readBytes: ms }));
    // Which are life as of when they were seen: nobody is asked again before an interval is over.
    expect(said).toEqual(["ping 1000", "ping 2000", "ping 3000", "ping 4000"]);
  });

  it("is fine with a full buffer that drains, and not with an empty one that did", () => {
    const slow = (ms: number): Vitals => ({ bufferedBytes: 1_000, drainedBytes: ms, readBytes: 0 });
    expect(watch(new Pulse(heartbeat, at(0)), 10_000, slow).join()).not.toContain("dead");
    const empty = (ms: number): Vitals => ({ bufferedBytes: 0, drainedBytes: ms, readBytes: 0 });
    expect(watch(new Pulse(heartbeat, at(0)), 10_000, empty).at(-1)).toBe("dead 1520");
  });

  it("after a stalled loop it asks again before it kills: 100 of 100 healthy links live", () => {
    let killed = 0;
    for (let link = 0; link < 100; link++) {
      const pulse = new Pulse(heartbeat, at(link * 10));
      pulse.beat(pulse.deadline, quiet);
      // The loop stood still for two seconds: the pong is there, but nobody has read it.
      const late = at(pulse.deadline + 2_000);
      if (pulse.beat(late, quiet) === "dead") killed++;
      pulse.heardAt = late;
      if (watch(pulse, late + 900).some((what) => what.startsWith("dead"))) killed++;
    }
    expect(killed).toBe(0);
  });

  it("asks again as well when the moment that an answer was given on top is over late", () => {
    const pulse = new Pulse(heartbeat, at(0));
    const beats = [1_000, 1_500, 1_700].map((now) => pulse.beat(at(now), quiet));
    expect(beats).toEqual(["ping", "fine", "ping"]);
  });

  it("but forgiving ends, for in a loop that is always late every deadline is", () => {
    const pulse = new Pulse(heartbeat, at(0));
    const beats = Array.from({ length: 4 }, () => pulse.beat(at(pulse.deadline + 200), quiet));
    expect(beats).toEqual(["ping", "ping", "ping", "dead"]);
    expect(pulse.deadline).toBeLessThan(15_000);
  });
});
