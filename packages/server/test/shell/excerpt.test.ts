import { expect, it } from "vitest";
import { HoldfastError } from "@holdfast/core";
import { virtualClock } from "../../../testing/src/index.ts";
import { createCalmReport } from "../../src/shell/calm-report.ts";
import { excerpt } from "../../src/shell/excerpt.ts";

/** How long it is as text. */
function lengthOf(value: unknown): number {
  return JSON.stringify(value).length;
}

it("is what is short, as it is", () => {
  const error = new HoldfastError("CONFIG", "x".repeat(5_000));
  for (const value of [undefined, null, 7, "seven", error, ["a", { b: [1, { c: "d" }] }], new Date(0)]) {
    expect(excerpt(value)).toEqual(value);
  }
  expect(excerpt(error)).toBe(error);
});

it.each<[string, unknown]>([
  ["a long text", "x".repeat(1_000_000)],
  ["many values", Array(250_000).fill(7)],
  ["many long ones", Array(1_000).fill("x".repeat(1_000))],
  [
    "many issues",
    Array.from({ length: 100_000 }, (_, at) => ({ path: [at], message: "Invalid input", code: "no" })),
  ],
  ["a long name", { ["x".repeat(1_000_000)]: 7 }],
  ["many names", Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`name ${at}`, at]))],
  ["what is nested beyond all reason", JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`)],
  [
    "what is wide wherever it is deep",
    Array.from({ length: 500 }).reduce<unknown[]>(
      (inner) => [inner, ...Array.from({ length: 500 }, () => [])],
      [],
    ),
  ],
  ["a name that every object has", JSON.parse(`{"__proto__":{"x":"${"y".repeat(100_000)}"}}`)],
])("of %s is its beginning, and no more than a log can bear", (_, value) => {
  const some = excerpt(value);
  expect(lengthOf(some)).toBeLessThan(10_000);
  expect(Array.isArray(some)).toBe(Array.isArray(value));
});

it("is what a log is told of a client's nonsense", () => {
  const sizes: number[] = [];
  const report = createCalmReport(
    (_, message, details) => sizes.push(lengthOf([message, details])),
    virtualClock(),
  );
  const issues = Array.from({ length: 100_000 }, (_, at) => ({ path: [at], message: "Invalid input" }));
  for (let n = 0; n < 30; n++) {
    report("warn", "message refused", { session: "s", name: "x".repeat(1e5), issues, raw: "x".repeat(1e6) });
  }
  expect(sizes).toHaveLength(20);
  expect(Math.max(...sizes)).toBeLessThan(10_000);
});
