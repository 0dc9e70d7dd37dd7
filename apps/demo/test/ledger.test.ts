import { describe, expect, test } from "vitest";
import { add, type Ranges, size, union, without } from "../src/shared/numbers.ts";
import { row } from "../src/shared/row.ts";
import { Tally } from "../src/shared/tally.ts";

describe("numbers as ranges", () => {
  test("in a row are one range, in whatever order they came", () => {
    expect([1, 2, 3].reduce<Ranges>(add, [])).toEqual([[1, 3]]);
    expect([3, 1, 2].reduce<Ranges>(add, [])).toEqual([[1, 3]]);
    expect([1, 3, 7, 2].reduce<Ranges>(add, [])).toEqual([
      [1, 3],
      [7, 7],
    ]);
  });

  test("of two are those of both", () => {
    const both = union([[1, 5]], [[4, 9]]);
    expect([both, size(both)]).toEqual([[[1, 9]], 9]);
  });

  test("without others are cut by them", () => {
    expect(
      without(
        [[1, 10]],
        [
          [1, 2],
          [5, 5],
          [9, 12],
        ],
      ),
    ).toEqual([
      [3, 4],
      [6, 8],
    ]);
  });
});

describe("a ledger that is not whole says so", () => {
  test("what came twice is doubled", () => {
    const tally = new Tally();
    for (const n of [1, 2, 2, 3, 1]) tally.count(n);
    expect(tally.kept).toEqual({ received: [[1, 3]], doubled: 2, reordered: 0 });
  });

  test("what comes behind a later one is reordered, and not doubled", () => {
    const tally = new Tally();
    for (const n of [1, 3, 2, 4]) tally.count(n);
    expect(tally.kept).toEqual({ received: [[1, 4]], doubled: 0, reordered: 1 });
  });

  test("what is missing is lost, unless its sender was told", () => {
    const received: Ranges = [
      [1, 3],
      [6, 10],
    ];
    expect(row(12, { received, doubled: 0, reordered: 0 }, [[1, 10]], [[5, 5]])).toEqual({
      sent: 12,
      received: 8,
      failed: 1,
      lost: 1,
      doubled: 0,
      reordered: 0,
    });
  });

  test("what is on its way is not lost, and what arrived in spite of a doubt has not failed", () => {
    expect(row(12, { received: [[1, 10]], doubled: 0, reordered: 0 }, [[1, 10]], [[5, 5]])).toMatchObject({
      failed: 0,
      lost: 0,
    });
  });
});
