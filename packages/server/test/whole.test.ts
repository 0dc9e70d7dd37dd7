import { expect, it } from "vitest";
import { live, type Lived } from "./whole/live.ts";

// The engines alone play ten thousand seeds (simulation.test.ts). Here is everything that users touch on top of them.
it("whole ends lose, double and reorder nothing, settle every promise, and leave nothing behind", async () => {
  const total = { events: 0, streams: 0, resumed: 0, lost: 0 } satisfies Lived;
  for (let seed = 1; seed <= 150; seed++) {
    const lived = await live(seed).catch((error: unknown) => {
      throw new Error(`seed ${seed}; to replay: pnpm simulate --whole --from ${seed} --seeds 1`, {
        cause: error,
      });
    });
    for (const what of ["events", "streams", "resumed", "lost"] as const) total[what] += lived[what];
  }
  // What was never tried cannot have gone well.
  expect(total.events).toBeGreaterThan(5_000);
  expect(total.streams).toBeGreaterThan(1_000);
  expect(total.resumed).toBeGreaterThan(500);
  expect(total.lost).toBeGreaterThan(20);
});

it("the same seed lives the same life", async () => {
  expect(await live(7)).toEqual(await live(7));
});
