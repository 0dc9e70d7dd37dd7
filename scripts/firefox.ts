import { existsSync } from "node:fs";
import { installFromDebian } from "./debian.ts";

/** Where a Firefox usually is, besides `HOLDFAST_FIREFOX`. */
const usualPlaces = [
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
  "C:\\Program Files (x86)\\Mozilla Firefox\\firefox.exe",
];

/** What to tell somebody who has none. */
export const howToInstallFirefox: string =
  "install Firefox (on Debian: apt-get install firefox-esr), or set HOLDFAST_FIREFOX to its path";

/** The Firefox to test with, or `undefined`. */
export function findFirefox(): string | undefined {
  const named = process.env["HOLDFAST_FIREFOX"];
  if (named && !existsSync(named)) throw new Error(`HOLDFAST_FIREFOX names no file: ${named}`);
  return named ?? usualPlaces.find((path) => existsSync(path));
}

/** Installs Debian's Firefox if there is none and this is root on Debian. */
export function ensureFirefox(): string | undefined {
  const found = findFirefox();
  if (found !== undefined) return found;
  installFromDebian("Firefox", ["firefox-esr"]);
  return findFirefox();
}
