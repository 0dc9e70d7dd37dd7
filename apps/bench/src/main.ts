import { blackHole } from "./scenarios/black-hole.ts";
import { calls } from "./scenarios/calls.ts";
import { exit } from "./scenarios/exit.ts";
import { herd } from "./scenarios/herd.ts";
import { oneWay } from "./scenarios/one-way.ts";
import { restart } from "./scenarios/restart.ts";
import { resume } from "./scenarios/resume.ts";
import type { Scenario } from "./scenario.ts";

// `pnpm bench`, or `pnpm bench herd exit`: figures next to what they must reach. Fails when ours misses one.
const scenarios: Readonly<Record<string, Scenario>> = {
  "black-hole": blackHole,
  resume,
  restart,
  herd,
  exit,
};
/** Speed. Only when asked for by name, for it wants a machine to itself. */
const races: Readonly<Record<string, Scenario>> = {
  "one-way": oneWay(200, 60_000, 3),
  "one-way-4k": oneWay(4_000, 10_000, 1),
  "calls-64": calls(64, 20_000, 1.4),
  "calls-1": calls(1, 3_000, 0.9),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in scenarios) && !(name in races));
if (unknown.length) {
  console.log(
    `No scenario ${unknown.join(", ")}. There are: ${Object.keys({ ...scenarios, ...races }).join(", ")}`,
  );
  process.exit(2);
}

console.log(`Node ${process.version}, ${process.platform} ${process.arch}`);
let missed = 0;
for (const [key, scenario] of Object.entries({ ...scenarios, ...races })) {
  if (wanted.length ? !wanted.includes(key) : key in races) continue;
  console.log(`\n${scenario.name}\n  must: ${scenario.must}`);
  for (const { who, value, unit, isFine } of await scenario.run()) {
    const verdict = isFine === undefined ? "" : isFine ? "  ok" : "  MISSED";
    if (isFine === false) missed++;
    console.log(`  ${who.padEnd(24)} ${value.toFixed(unit === "x" ? 2 : 1).padStart(9)} ${unit}${verdict}`);
  }
}
process.exitCode = missed ? 1 : 0;
