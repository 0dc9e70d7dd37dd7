import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pass } from "node:timers/promises";

// `pnpm frozen [what vitest takes]`: the tests on a machine that stands still again and again, browsers and servers and all, as one does
// that has too little memory, or is moved to another host. Nothing may fail of that but what is about real time.

const pauseMs = [2_000, 8_000] as const;
const stopMs = [500, 3_000] as const;

const vitest = spawn("vitest", ["run", ...process.argv.slice(2)], { stdio: "inherit" });
const ended = once(vitest, "exit");
let stops = 0;
for (;;) {
  if (await endsWithin(between(pauseMs))) break;
  const all = descendants(vitest.pid ?? 0);
  signal(all, "SIGSTOP");
  stops++;
  await pass(between(stopMs));
  signal(all, "SIGCONT");
}
console.log(`It stood still ${stops} times.`);
process.exitCode = vitest.exitCode ?? 1;

function between([least, most]: readonly [number, number]): number {
  return least + Math.random() * (most - least);
}

async function endsWithin(ms: number): Promise<boolean> {
  await Promise.race([ended, pass(ms)]);
  return vitest.exitCode !== null || vitest.signalCode !== null;
}

/** That process and everything that it started, and so on. */
function descendants(root: number): readonly number[] {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const all = [root];
  const family = rows.map((row) => row.trim().split(/\s+/).map(Number));
  for (const parent of all) for (const [pid = 0, of] of family) if (of === parent) all.push(pid);
  return all;
}

function signal(processes: readonly number[], name: "SIGSTOP" | "SIGCONT"): void {
  for (const pid of processes) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended meanwhile.
    }
  }
}
