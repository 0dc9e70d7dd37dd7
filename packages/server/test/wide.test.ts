import { expect, it } from "vitest";
import { liveWidely } from "./wide/live.ts";
import type { Lived } from "./wide/world.ts";

/** What has to have been tried in so many lives, at the least. */
const seeds = 90;
const floors: Lived = {
  said: 15_000,
  heard: 10_000,
  broadcasts: 4_000,
  resumed: 900,
  lost: 450,
  strangers: 80,
  reloaded: 250,
  carried: 1_000,
  returned: 40,
  replaced: 15,
  duplicated: 25,
  closed: 400,
  crashed: 40,
  restarted: 25,
  drained: 40,
  refused: 4,
};

// One client and one server live in whole.test.ts. Here is what others do to them: other pages, other people, another process.
it("pages that come and go, of more than one user, and servers that stop, keep what sessions promise", async () => {
  const total: Record<string, number> = {};
  for (let seed = 1; seed <= seeds; seed++) {
    const lived = await liveWidely(seed).catch((error: unknown) => {
      throw new Error(`seed ${seed}; to replay: pnpm simulate --wide --from ${seed} --seeds 1`, {
        cause: error,
      });
    });
    for (const [what, count] of Object.entries(lived)) total[what] = (total[what] ?? 0) + count;
  }
  // What was never tried cannot have gone well.
  for (const [what, floor] of Object.entries(floors)) expect(total[what], what).toBeGreaterThan(floor);
});

it("the same seed lives the same life", async () => {
  expect(await liveWidely(7)).toEqual(await liveWidely(7));
});
