import { execFileSync } from "node:child_process";

/** The processes that stand between a terminal and us: npx, pnpm and their shells. None where `ps` is missing. */
export function starters(): readonly number[] {
  const pids: number[] = [];
  let pid = process.ppid;
  try {
    while (pid > 1) {
      const line = execFileSync("ps", ["-o", "ppid=,args=", "-p", `${pid}`], { encoding: "utf8" });
      const [, parent, command = ""] = /^\s*(\d+)\s+(.*)/.exec(line) ?? [];
      if (!/\b(pnpm|npx|npm)\b|apps\/demo\/src\/main/.test(command)) break;
      pids.push(pid);
      pid = Number(parent);
    }
  } catch {
    // Then only our own parent is watched.
  }
  return pids;
}

/** Whether a process is still there. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
