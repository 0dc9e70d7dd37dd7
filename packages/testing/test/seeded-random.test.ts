import { describe, expect, it } from "vitest";
import { seededRandom } from "../src/index.ts";

describe("seeded random", () => {
  it("repeats itself for the same seed", () => {
    const [one, other] = [seededRandom(42), seededRandom(42)];
    for (let round = 0; round < 100; round++) expect(one.next()).toBe(other.next());
  });

  it("is mulberry32", () => {
    const { next } = seededRandom(1);
    expect([next(), next(), next()].map((roll) => roll.toFixed(6))).toEqual([
      "0.627074",
      "0.002736",
      "0.527447",
    ]);
  });

  it("spreads over [0, 1)", () => {
    const { next } = seededRandom(3);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let round = 0; round < 10_000; round++) {
      const tenth = Math.floor(next() * 10);
      tenths[tenth] = (tenths[tenth] ?? Number.NaN) + 1;
    }
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
    expect(tenths).toHaveLength(10);
  });

  it("gives whole numbers with both ends", () => {
    const random = seededRandom(5);
    const seen = new Set(Array.from({ length: 200 }, () => random.integer(-1, 2)));
    expect([...seen].toSorted((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
  });

  it("picks every item, and none of none", () => {
    const random = seededRandom(5);
    const seen = new Set(Array.from({ length: 100 }, () => random.pick(["a", "b", "c"])));
    expect(seen.size).toBe(3);
    expect(() => random.pick([])).toThrow(RangeError);
  });
});
