import { parseArgs } from "node:util";
import { isMissing } from "../test/chromium.ts";
import { report } from "./report.ts";
import { faultsOf } from "./result.ts";
import { soak } from "./soak.ts";

// `pnpm soak`, or `pnpm soak --seconds 30 --seed 7`: the demo on a network that fails every two seconds. Fails when anything is
// lost, doubled or reordered, or memory grows.
const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== "--"),
  options: {
    seconds: { type: "string", default: "600" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const numbers = { seconds: Number(values.seconds), seed: Number(values.seed) };

async function main({ seconds, seed }: typeof numbers): Promise<readonly string[]> {
  if (!Number.isInteger(seed) || !(seconds > 0 && seconds <= 86_400))
    return ["--seconds is a number up to 86400, --seed a whole one"];
  if (isMissing) return ["there is no browser for the page"];
  const stopped = new AbortController();
  const { signal } = stopped;
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopped.abort());
  console.log(`Soaking for ${seconds} s, seed ${seed} (again with --seed ${seed}) ...`);
  const soaked = await soak({ seconds, seed, signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  if (!soaked) return ["it was stopped before its end"];
  const { results, memory, weather } = soaked;
  const counts = [...weather.counts].map(([kind, count]) => `${kind} ${count}`);
  console.log(`Faults: ${counts.join(", ")}\n\n${report(results, memory)}\n`);
  const growing = memory.filter(({ isFlat }) => !isFlat).map(({ measure }) => `${measure.name} grows`);
  return [...results.flatMap(faultsOf), ...growing];
}

const problems = await main(numbers);
console.log(
  problems.length
    ? `FAILED: ${problems.join("; ")}`
    : "ok: nothing lost, doubled or reordered, and memory is flat",
);
process.exitCode = problems.length ? 1 : 0;
