import { parseArgs } from "node:util";
import { live } from "../whole/live.ts";
import { liveWidely } from "../wide/live.ts";
import { modes, play } from "./play.ts";

// `pnpm simulate --from 1 --seeds 1000000`: every seed plays one mode, in turn. A seed that fails prints itself.
// `--whole`: with everything that users touch on top of the engines, which takes forty times as long.
// `--wide`: several clients, pages that go and come, servers that stop, as whole as that, which takes as long again and again.
const { values } = parseArgs({
  options: {
    from: { type: "string", default: "1" },
    seeds: { type: "string", default: "10000" },
    mode: { type: "string" },
    whole: { type: "boolean", default: false },
    wide: { type: "boolean", default: false },
    failures: { type: "string", default: "5" },
  },
});
const from = Number(values.from);
const until = from + Number(values.seeds);
/** What is lived instead of a mode. */
const life = values.wide ? "wide" : values.whole ? "whole" : undefined;
const names = life ? [life] : values.mode === undefined ? Object.keys(modes) : [values.mode];
const lives = { whole: live, wide: liveWidely };
const total: Record<string, number> = {};
const startedAt = performance.now();
let failed = 0;

for (let seed = from; seed < until && failed < Number(values.failures); seed++) {
  const name = names[seed % names.length] ?? "calm";
  try {
    const played = life ? await lives[life](seed) : play(seed, modes[name] ?? { faults: {} });
    for (const [key, value] of Object.entries(played)) total[key] = (total[key] ?? 0) + value;
  } catch (error) {
    failed++;
    console.log(`seed ${seed}, mode ${name}: ${(error as Error).message}`);
    const how = life ? `--${life}` : `--mode ${name}`;
    console.log(`  replay: pnpm simulate --from ${seed} --seeds 1 ${how}`);
    if (until - from === 1) console.log(error);
  }
}

const seconds = (performance.now() - startedAt) / 1_000;
const msPerSeed = ((seconds * 1_000) / (until - from)).toFixed(2);
console.log(`${until - from} seeds in ${seconds.toFixed(0)} s, ${msPerSeed} ms each:`, total);
console.log(`${until - from - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
