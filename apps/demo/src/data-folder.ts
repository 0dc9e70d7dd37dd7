import { cpSync, existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Sorry } from "./sorry.ts";

const samples = fileURLToPath(new URL("../samples", import.meta.url));

/** Where the demo keeps things. */
export interface DataFolder {
  readonly path: string;
  /** The watched one: whoever drops a mail there sends it to everybody. */
  readonly mail: string;
}

/** Makes the folder if it is not there yet, with a few mails to begin with. @throws Sorry when that cannot be */
export function prepareDataFolder(named: string | undefined): DataFolder {
  if (named === "") throw new Sorry("--data must name a folder");
  const path = named === undefined ? join(stateFolder(), "holdfast-demo") : resolve(named);
  const mail = join(path, "mail");
  try {
    mkdirSync(path, { recursive: true });
    if (!existsSync(mail)) cpSync(samples, mail, { recursive: true });
  } catch (error) {
    throw new Sorry(
      `The folder ${path} cannot be used (${(error as Error).message}): choose another with --data`,
    );
  }
  return { path, mail };
}

/** Where programs of this user keep what outlives them, on this system. */
function stateFolder(): string {
  const { LOCALAPPDATA, XDG_STATE_HOME } = process.env;
  if (process.platform === "win32") return LOCALAPPDATA ?? join(homedir(), "AppData", "Local");
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support");
  return XDG_STATE_HOME || join(homedir(), ".local", "state");
}
