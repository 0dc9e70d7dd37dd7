import { parseArgs } from "node:util";
import { faultsOf } from "./report.ts";
import { commands, runIn } from "./runtime.ts";
import { openStage } from "./stage.ts";

// `pnpm runtimes`, or `pnpm runtimes bun --seconds 60`: a session of @holdfast/browser over the `WebSocket` of each runtime, and a network
// that fails every second. Fails when anything is lost, doubled or reordered.
const { values, positionals } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== "--"),
  allowPositionals: true,
  options: { seconds: { type: "string", default: "10" } },
});
const seconds = Number(values.seconds);
const names = positionals.length ? positionals : Object.keys(commands);
const strangers = names.filter((name) => !Object.hasOwn(commands, name));

/** Whether all went well. */
async function main(): Promise<boolean> {
  if (strangers.length || !(seconds >= 2 && seconds <= 3_600)) {
    console.log(`Runtimes: ${Object.keys(commands).join(", ")}. --seconds is a number from 2 to 3600.`);
    return false;
  }
  let isFine = true;
  for (const name of names) {
    await using stage = await openStage();
    const report = await runIn(name, stage.url, seconds);
    const faults = faultsOf(report);
    isFine &&= !faults.length;
    const { said, resumed } = report;
    console.log(
      `${name}: ${faults.join("; ") || `ok, ${said} events each way, ${resumed} links lost, nothing else`}`,
    );
  }
  return isFine;
}

process.exitCode = (await main()) ? 0 : 1;
