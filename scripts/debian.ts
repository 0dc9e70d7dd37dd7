import { execFileSync, type ExecFileSyncOptions } from "node:child_process";
import { existsSync } from "node:fs";

/** Installs Debian's packages, where this is root on Debian; says what it does. Whether it did. */
export function installFromDebian(what: string, packages: readonly string[]): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return false;
  console.log(`No ${what} here: installing Debian's ${packages.join(", ")} (about a minute) ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const how: ExecFileSyncOptions = { env, stdio: ["ignore", "ignore", "inherit"] };
  try {
    execFileSync("apt-get", ["update", "-qq"], how);
    execFileSync("apt-get", ["install", "-y", "-qq", ...packages], how);
    return true;
  } catch {
    console.log("That failed.");
    return false;
  }
}
