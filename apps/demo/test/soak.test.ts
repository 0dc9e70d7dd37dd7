import { expect, test } from "vitest";
import { courses, measures, type Sample } from "../soak/memory.ts";
import { report } from "../soak/report.ts";
import { faultsOf, type Result } from "../soak/result.ts";

const whole = { sent: 100, received: 100, failed: 0, lost: 0, doubled: 0, reordered: 0 };
const good: Result = {
  name: "node 1",
  up: whole,
  down: whole,
  links: 3,
  resumed: 2,
  lost: 0,
  trouble: undefined,
};

test("a soak in which everything arrived, or whose failures were told, is fine", () => {
  const told = { ...whole, received: 90, failed: 10 };
  expect([faultsOf(good), faultsOf({ ...good, up: told, down: told })]).toEqual([[], []]);
});

test("whatever is lost, doubled or reordered is a fault, and so is a sum that is wrong", () => {
  const up = { ...whole, received: 98, lost: 2, doubled: 1 };
  const down = { ...whole, received: 99, reordered: 3 };
  expect(faultsOf({ ...good, up, down })).toEqual([
    "node 1: 2 lost to the server",
    "node 1: 1 doubled to the server",
    "node 1: 3 reordered from the server",
    "node 1: the sums are wrong from the server",
  ]);
});

test("a soak in which nothing happened, or that was not counted to the end, proves nothing", () => {
  const nothing = { ...whole, sent: 0, received: 0 };
  expect(faultsOf({ ...good, up: nothing, links: 1, trouble: "TIMEOUT" })).toEqual([
    "node 1: TIMEOUT",
    "node 1: nothing arrived to the server",
    "node 1: no link was ever lost",
  ]);
});

/** What is held in the course of a minute, beside a heap that is as `heapBytes` says. */
function minute(heapBytes: (second: number) => number): readonly Sample[] {
  return Array.from({ length: 60 }, (_, second) => ({
    pageHeap: 7e6,
    pageNodes: 1_300,
    serverRss: 3e8,
    serverHeap: heapBytes(second),
  }));
}

const growing = (samples: readonly Sample[]): readonly string[] =>
  courses(samples).flatMap(({ measure, isFlat }) => (isFlat ? [] : [measure.name]));

test("memory that is taken while it warms up, or given back, is flat; what goes on growing is not", () => {
  expect(growing(minute((second) => (second < 15 ? second * 1e7 : 1.5e8)))).toEqual([]);
  // A sample in the middle of something large is no growth.
  expect(growing(minute((second) => (second === 50 ? 9e8 : 3e7)))).toEqual([]);
  const perSecond = (measures.serverHeap.mayGrow / 30) * 1.1;
  expect(growing(minute((second) => 3e7 + second * perSecond))).toEqual(["server, heap"]);
});

test("without samples nothing is known to be flat", () => {
  expect(growing([])).toHaveLength(Object.keys(measures).length);
});

test("the table has a line for each direction and each measure", () => {
  const lines = report([good], courses(minute(() => 3e7))).split("\n");
  expect(lines.map((line) => line.split(/ {2,}/)[0])).toEqual([
    "",
    "node 1 to server",
    "server to node 1",
    "",
    "",
    ...Object.values(measures).map(({ name }) => name),
  ]);
});
