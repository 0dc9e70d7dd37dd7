import { readdir, readFile, readlink } from "node:fs/promises";
import { sep } from "node:path";

/** The access mode among the flags of `open`: all but reading only. `fcntl.h`, which Linux shows in octal. */
const writing = 0o3;

/**
 * Files below a folder that a process has open for writing. Linux tells, in `/proc`, of the processes of one's own user; other
 * systems do not, and there nothing is known to be open.
 *
 * @param folder - a real path
 */
export async function openForWriting(folder: string): Promise<ReadonlySet<string>> {
  const processes = (await namesIn("/proc")).filter((name) => /^\d+$/.test(name));
  const open = await Promise.all(processes.map((id) => writtenBy(`/proc/${id}`, folder + sep)));
  return new Set(open.flat());
}

async function writtenBy(process: string, below: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const descriptor of await namesIn(`${process}/fd`)) {
    const path = await readlink(`${process}/fd/${descriptor}`).catch(() => "");
    if (path.startsWith(below) && (await mayWrite(`${process}/fdinfo/${descriptor}`))) paths.push(path);
  }
  return paths;
}

async function mayWrite(info: string): Promise<boolean> {
  const [, flags = "0"] = /^flags:\s*([0-7]+)$/m.exec(await readFile(info, "utf8").catch(() => "")) ?? [];
  return (Number.parseInt(flags, 8) & writing) !== 0;
}

/** Processes come and go, and most are somebody else's. */
function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
