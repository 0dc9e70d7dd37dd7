import { expect, test } from "vitest";
import { faultsOf } from "../src/report.ts";
import { runIn } from "../src/runtime.ts";
import { openStage } from "../src/stage.ts";

// The others want a download: `pnpm runtimes`.
test("a session over Node's own WebSocket loses nothing to a network that fails every second", async () => {
  await using stage = await openStage();
  expect(faultsOf(await runIn("node", stage.url, 3))).toEqual([]);
});

test("what is lost, doubled or out of order is told", () => {
  const fine = {
    said: 9,
    delivered: 9,
    echoed: 9,
    isInOrder: true,
    wrongCalls: 0,
    items: 1_000,
    resumed: 1,
    lost: 0,
  };
  expect(faultsOf(fine)).toEqual([]);
  const bad = {
    said: 9,
    delivered: 8,
    echoed: 10,
    isInOrder: false,
    wrongCalls: 1,
    items: 999,
    resumed: 0,
    lost: 1,
  };
  expect(faultsOf(bad)).toEqual([
    "8 of 9 delivered",
    "10 of 9 came back, out of order",
    "1 calls went wrong",
    "999 of 1000 items",
    "no link was lost",
    "1 sessions lost",
  ]);
});
