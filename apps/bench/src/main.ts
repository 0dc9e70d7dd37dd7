import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { peers } from "./peers/peers.ts";
import { serverNode } from "./race/remote.ts";
import { scenarioOf } from "./race/scenario-of.ts";
import { races, shortRaces } from "./races.ts";
import { machine } from "./report/machine.ts";
import { type Result, resultsPage } from "./report/results.ts";
import { lineOf } from "./report/table.ts";
import type { Scenario } from "./scenario.ts";
import { blackHole } from "./scenarios/black-hole.ts";
import { coldStart } from "./scenarios/cold-start.ts";
import { exit } from "./scenarios/exit.ts";
import { restart } from "./scenarios/restart.ts";
import { resume } from "./scenarios/resume.ts";
import { sizes } from "./scenarios/sizes.ts";
import { weights } from "./scenarios/weights.ts";

// `pnpm bench [scenario...] [--against peer,...] [--rounds n] [--json file]`: figures next to what they must reach, and to what others
// reach. Without a name everything, and `RESULTS.md` is written. `--short`: does everything work, is no figure far off?
// `--server-node path`: the servers of races run on another Node (from 22.18), which is not told to `RESULTS.md`.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    against: { type: "string" },
    rounds: { type: "string" },
    json: { type: "string" },
    short: { type: "boolean", default: false },
    "server-node": { type: "string" },
  },
});
const isShort = values.short;
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
const against = values.against?.split(",");
const otherNode = values["server-node"];
if (otherNode !== undefined) process.env[serverNode] = otherNode;

/** What is no race. */
const others: Readonly<Record<string, Scenario>> = { "black-hole": blackHole, resume, restart, exit };
/** They need a build and a browser. */
const pages: Readonly<Record<string, Scenario>> = { "cold-start": coldStart, sizes, weights };
const raced = Object.entries(races).map(
  ([key, race]) => [key, scenarioOf(key, race, { rounds, against, isShort })] as const,
);
const all = { ...others, ...pages, ...Object.fromEntries(raced) };
const isInShort = (key: string): boolean => key in others || shortRaces.includes(key);

const unknown = positionals.filter((name) => !(name in all));
const nobody = (against ?? []).filter((name) => !peers.some((peer) => peer.name === name));
if (unknown.length || nobody.length || (rounds !== undefined && !(rounds >= 1))) {
  console.log(`No ${[...unknown, ...nobody].join(", ")}. Scenarios: ${Object.keys(all).join(", ")}.`);
  console.log(`Peers: ${peers.map(({ name }) => name).join(", ")}. --rounds is a number from 1.`);
  process.exit(2);
}

const here = machine(peers.flatMap(({ packages }) => packages));
console.log(`Node ${here.node}, ${here.platform}, ${here.cores} cores, ${here.cpu}`);
console.log(
  Object.entries(here.versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", "),
);
const results: Result[] = [];
if (otherNode !== undefined)
  console.log(`Servers: Node ${execFileSync(otherNode, ["--version"], { encoding: "utf8" })}`);
const isFull = !positionals.length && !isShort && otherNode === undefined;
const resultsFile = new URL("../RESULTS.md", import.meta.url);
const today = new Date().toISOString().slice(0, 10);
for (const [key, scenario] of Object.entries(all)) {
  if (positionals.length ? !positionals.includes(key) : isShort && !isInShort(key)) continue;
  const { name, must } = scenario;
  console.log(`\n${key}: ${name}\n  must: ${must}`);
  const rows = await scenario.run();
  let figure: string | undefined;
  for (const row of rows) {
    if (row.figure !== figure) console.log(`  ${row.figure}`);
    ({ figure } = row);
    console.log(lineOf(row));
  }
  results.push({ key, name, must, rows });
  // As it goes: a full run is long.
  if (isFull) writeFileSync(resultsFile, resultsPage(here, results, today));
}
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ machine: here, results }, undefined, 2)}\n`);
}
const missed = results.filter(({ rows }) => rows.some(({ isFine }) => isFine === false));
if (missed.length) console.log(`\nMissed: ${missed.map(({ key }) => key).join(", ")}`);
process.exitCode = missed.length ? 1 : 0;
