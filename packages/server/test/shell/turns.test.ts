import { describe, expect, it } from "vitest";
import { virtualClock } from "../../../testing/src/index.ts";
import { Turns } from "../../src/shell/turns.ts";

/** Turns whose rounds come by hand, and who was served in each. */
function createTurns(during: (one: number, turns: Turns<number>) => void = () => {}) {
  const clock = virtualClock();
  const served: number[] = [];
  let waiting: (() => void)[] = [];
  const turns: Turns<number> = new Turns(
    (one) => {
      served.push(one);
      during(one, turns);
    },
    (callback) => waiting.push(callback),
    clock,
  );
  return {
    turns,
    clock,
    served,
    /** One round of the loop, with the promises that become ready in it. Whether anybody waited for it. */
    async round(): Promise<boolean> {
      const callbacks = waiting;
      waiting = [];
      for (const callback of callbacks) callback();
      await new Promise(setImmediate);
      return callbacks.length > 0;
    },
  };
}

describe("turns", () => {
  it("serve each once by the end of the turn, in the order of asking", async () => {
    const { turns, served } = createTurns();
    for (const one of [2, 1, 2, 3]) turns.soon(one);
    expect(served).toEqual([]);
    await Promise.resolve();
    expect(served).toEqual([2, 1, 3]);
  });

  it("serve again whoever asks while it is served", async () => {
    let times = 0;
    const { turns, served } = createTurns((one, own) => {
      if (++times < 3) own.soon(one);
    });
    turns.soon(1);
    await Promise.resolve();
    expect(served).toEqual([1, 1, 1]);
  });

  it("serve all that are due at once, however many", async () => {
    const { turns, served } = createTurns();
    const all = Array.from({ length: 200 }, (_, n) => n);
    for (const one of all) turns.soon(one);
    await Promise.resolve();
    expect(served).toEqual(all);
  });

  it("give the loop to others after 64 of a crowd, and lose nobody", async () => {
    const { turns, served, round } = createTurns();
    const all = Array.from({ length: 200 }, (_, n) => n);
    for (const one of all) turns.among(one);
    await Promise.resolve();
    const counts = [served.length];
    while (await round()) counts.push(served.length);
    expect(counts).toEqual([64, 128, 192, 200]);
    expect(served).toEqual(all);
  });

  it("serve who can wait a few rounds later, once", async () => {
    const { turns, served, round } = createTurns();
    turns.later(1);
    await round();
    turns.later(1);
    turns.later(2);
    expect([served, turns.has(1), turns.has(3)]).toEqual([[], true, false]);
    for (let left = 20; left > 0 && (await round()); left--);
    expect([served, turns.has(1)]).toEqual([[1, 2], false]);
  });

  it("wait no longer than a millisecond, if rounds are slow", async () => {
    const { turns, clock, served, round } = createTurns();
    turns.later(1);
    clock.advance(1);
    await round();
    expect(served).toEqual([1]);
  });

  it("take who waits along with what cannot", async () => {
    const { turns, served, round } = createTurns();
    turns.later(1);
    turns.soon(1);
    await Promise.resolve();
    expect(served).toEqual([1]);
    while (await round());
    expect(served).toEqual([1]);
  });

  it("let who is due go before a crowd, and serve nobody twice", async () => {
    const { turns, served, round } = createTurns();
    for (let one = 0; one < 70; one++) turns.among(one);
    turns.later(69);
    await Promise.resolve();
    turns.soon(69);
    await Promise.resolve();
    expect(served.slice(63)).toEqual([63, 69]);
    while (await round());
    expect(served.slice(63)).toEqual([63, 69, 64, 65, 66, 67, 68]);
  });

  it("wait anew for the next flow", async () => {
    const { turns, served, round } = createTurns();
    for (const one of [1, 2]) {
      turns.later(one);
      while (await round());
    }
    expect(served).toEqual([1, 2]);
  });
});
