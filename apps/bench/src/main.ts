import { blackHole } from "./scenarios/black-hole.ts";
import { exit } from "./scenarios/exit.ts";
import { herd } from "./scenarios/herd.ts";
import { restart } from "./scenarios/restart.ts";
import { resume } from "./scenarios/resume.ts";

// `pnpm bench`, or `pnpm bench herd exit`: figures next to what they must reach. Fails when ours misses one.
const scenarios = { "black-hole": blackHole, resume, restart, herd, exit };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in scenarios));
if (unknown.length) {
  console.log(`No scenario ${unknown.join(", ")}. There are: ${Object.keys(scenarios).join(", ")}`);
  process.exit(2);
}

console.log(`Node ${process.version}, ${process.platform} ${process.arch}`);
let missed = 0;
for (const [key, scenario] of Object.entries(scenarios)) {
  if (wanted.length && !wanted.includes(key)) continue;
  console.log(`\n${scenario.name}\n  must: ${scenario.must}`);
  for (const { who, value, unit, isFine } of await scenario.run()) {
    const verdict = isFine === undefined ? "" : isFine ? "  ok" : "  MISSED";
    if (isFine === false) missed++;
    console.log(`  ${who.padEnd(24)} ${value.toFixed(1).padStart(9)} ${unit}${verdict}`);
  }
}
process.exitCode = missed ? 1 : 0;
