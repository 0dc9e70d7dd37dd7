import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

const tables = ["/proc/net/tcp", "/proc/net/tcp6"];
/** Column 3 of such a table, for a socket that listens. */
const listens = "0A";

/** Whether this system does not tell; then it is said. */
export const isUntold: boolean = !existsSync("/proc/net/tcp");
if (isUntold) console.warn("SKIPPED: on which ports the demo listens. Only Linux tells, in /proc/net/tcp.");

/** The TCP ports that a process listens on. */
export function listeningPorts(pid: number): readonly number[] {
  const sockets = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`)));
  return tables
    .filter((path) => existsSync(path))
    .flatMap((path) => readFileSync(path, "utf8").trim().split("\n").slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[3] === listens && sockets.has(`socket:[${columns[9]}]`))
    .map(([, local = ""]) => Number.parseInt(local.split(":")[1] ?? "", 16));
}

/** What a file descriptor is. It may be closed by now. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
