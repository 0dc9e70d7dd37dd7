import { expect, test } from "vitest";
import { virtualClock } from "../../../testing/src/index.ts";
import { createCalmReport } from "../../src/shell/calm-report.ts";

test("of one kind twenty entries are written in a second, and the next one tells how many were not", () => {
  const clock = virtualClock();
  const written: unknown[] = [];
  const report = createCalmReport((...entry) => written.push(entry), clock);
  for (let n = 1; n <= 100; n++) report("warn", "message refused", { n });
  report("error", "echo threw", {});
  expect(written).toHaveLength(21);
  expect(written.slice(19)).toEqual([
    ["warn", "message refused", { n: 20 }],
    ["error", "echo threw", {}],
  ]);
  clock.advance(1_000);
  report("warn", "message refused", { n: 101 });
  report("error", "echo threw", {});
  expect(written.slice(21)).toEqual([
    ["warn", "message refused", { n: 101, leftOut: 80 }],
    ["error", "echo threw", {}],
  ]);
});
