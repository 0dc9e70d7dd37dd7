import { spawnSync } from "node:child_process";
import { installFromDebian } from "./debian.ts";

/** What to tell somebody who has none. */
export const howToInstallPython: string =
  "install Python with websockets (on Debian: apt-get install python3-websockets), or set HOLDFAST_PYTHON to one that has it";

/** A Python that has the library for the second implementation, or `undefined`. Debian's own first: its packages are there. */
export function findPython(): string | undefined {
  return [process.env["HOLDFAST_PYTHON"], "/usr/bin/python3", "python3"].find(
    (python) => python !== undefined && spawnSync(python, ["-c", "import websockets"]).status === 0,
  );
}

/** Installs Debian's if there is none and this is root on Debian. */
export function ensurePython(): string | undefined {
  const found = findPython();
  if (found !== undefined) return found;
  installFromDebian("Python with websockets", ["python3-websockets"]);
  return findPython();
}
