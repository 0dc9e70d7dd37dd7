import type { Instant } from "@holdfast/core/session";
import { describe, expect, it } from "vitest";
import { isSameHash, Tombstones } from "../../src/engine/tombstones.ts";

const at = (ms: number): Instant => ms as Instant;
const dayMs = 24 * 60 * 60 * 1_000;
const stone = { tokenHashes: ["h"], identityId: "ann", reason: "closed", received: 7 };

describe("tombstones", () => {
  it("tell how a session ended for a day, as often as they are asked, and not longer", () => {
    const stones = new Tombstones(10);
    stones.set("a", stone, at(1_000));
    for (const now of [1_000, 1_000, dayMs + 999]) expect(stones.get("a", at(now))).toMatchObject(stone);
    expect(stones.get("a", at(dayMs + 1_000))).toBeUndefined();
    expect(stones.get("b", at(1_000))).toBeUndefined();
  });

  it("are no more than they may be: the oldest give way", () => {
    const stones = new Tombstones(2);
    for (const [index, id] of ["a", "b", "c"].entries()) stones.set(id, stone, at(index));
    expect(["a", "b", "c"].map((id) => stones.get(id, at(3))?.reason)).toEqual([
      undefined,
      "closed",
      "closed",
    ]);
    const none = new Tombstones(0);
    none.set("a", stone, at(0));
    expect(none.get("a", at(0))).toBeUndefined();
  });
});

describe("two hashes", () => {
  it.each([
    ["abc", "abc", true],
    ["abc", "abd", false],
    ["abc", "xbc", false],
    ["abc", "ab", false],
    ["ab", "abab", false],
    ["abab", "ab", false],
    ["abc", "", false],
    ["", "abc", false],
    ["", "", true],
  ])("%j and %j: %j", (one, other, isSame) => {
    expect(isSameHash(one, other)).toBe(isSame);
  });
});
