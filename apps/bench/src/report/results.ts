import type { Row, Scenario } from "../scenario.ts";
import type { Machine } from "./machine.ts";
import { markdownOf } from "./table.ts";

/** One scenario and what came of it. */
export interface Result extends Pick<Scenario, "name" | "must"> {
  readonly key: string;
  readonly rows: readonly Row[];
}

/** `RESULTS.md`: what a full run found. */
export function resultsPage(machine: Machine, results: readonly Result[], date: string): string {
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  const head = [
    "# Results",
    "",
    "Written by `pnpm bench`, a full run. Every peer in its own pair of processes, round by round in turn; medians, half of the",
    "distance between the quartiles, and ours as a multiple of each. Ours is typed, validated at both ends and acknowledged.",
    "",
    `${date}. Node ${machine.node}, ${machine.platform}, ${machine.cores} cores, ${machine.cpu}.`,
    "",
    `${versions.join(", ")}.`,
  ];
  const sections = results.flatMap(({ key, name, must, rows }) => [
    "",
    `## ${key}`,
    "",
    `${name}. Must: ${must}.`,
    "",
    "| | | | spread | ours | |",
    "|---|---|---|---|---|---|",
    ...rows.map(markdownOf),
  ]);
  return `${[...head, ...sections].join("\n")}\n`;
}
