import { spawnSync } from "node:child_process";

/** One thing to run, and what it is called in the verdict. */
export interface Check {
  readonly name: string;
  readonly command: readonly string[];
}

const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", NO_UPDATE_NOTIFIER: "1" };

/** Runs `checks` in order, whatever fails, and prints a verdict line. Gives the exit code. */
export function runAll(checks: readonly Check[]): number {
  const failed: string[] = [];
  for (const { name, command } of checks) {
    const [program = "", ...args] = command;
    const startedAt = performance.now();
    const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8", env });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const isFine = status === 0;
    console.log(`${isFine ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
    if (isFine) continue;
    failed.push(name);
    console.log([stdout, stderr, error?.message].filter(Boolean).join("\n").trimEnd());
  }
  if (failed.length) console.log(`\nFailed: ${failed.join(", ")}`);
  console.log(`${checks.length - failed.length} passed, ${failed.length} failed`);
  return failed.length ? 1 : 0;
}
