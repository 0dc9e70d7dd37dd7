import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { mutations } from "./simulation/mutations.ts";
import { modes, type Played, play } from "./simulation/play.ts";

const seeds = 10_000;
const names = Object.keys(modes);
const here = (file: string): string => fileURLToPath(new URL(`./simulation/${file}`, import.meta.url));

describe("two whole engines over a simulated network", () => {
  it.each(names)("lose, double and reorder nothing, and settle every promise: %s", (name) => {
    const mode = modes[name] as (typeof modes)[string];
    const each = Math.ceil(seeds / names.length);
    const total = { said: 0, heard: 0, resumes: 0, items: 0 } satisfies Partial<Played>;
    for (let seed = 1; seed <= each; seed++) {
      try {
        const played = play(seed, mode);
        for (const key of ["said", "heard", "resumes", "items"] as const) total[key] += played[key];
      } catch (error) {
        throw new Error(`seed ${seed}; to replay: pnpm simulate --from ${seed} --seeds 1 --mode ${name}`, {
          cause: error,
        });
      }
    }
    // What was never tried cannot have gone well.
    for (const [what, count] of Object.entries(total)) expect(count, what).toBeGreaterThan(each);
  });

  it("replay exactly: the same seed plays the same", () => {
    const { everything } = modes;
    expect(everything && play(7, everything)).toEqual(everything && play(7, everything));
  });
});

describe("the simulation sees it when a rule is taken out:", () => {
  it.each(mutations.map(({ rule, isWide }, index) => [rule, index, isWide] as const))(
    "%s",
    (_, index, isWide) => {
      const { status, stdout } = spawnSync(
        process.execPath,
        [
          "--conditions=@holdfast/source",
          "--import",
          here("mutated.ts"),
          here("simulate.ts"),
          "--failures",
          "1",
          ...(isWide ? ["--wide"] : []),
        ],
        { encoding: "utf8", env: { ...process.env, HOLDFAST_MUTATION: String(index) } },
      );
      expect(stdout).toMatch(/^seed \d+, mode/);
      expect(status).toBe(1);
    },
  );
});
