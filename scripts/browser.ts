import { existsSync } from "node:fs";
import { installFromDebian } from "./debian.ts";

/** Where a Chromium usually is, besides `HOLDFAST_BROWSER`. */
const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/microsoft-edge",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** The flags that keep a headless browser quiet: no look-ups, no updates, nothing but the page. */
export const browserArgs: string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What to tell somebody who has none. */
export const howToInstall: string =
  "install Chrome or Chromium (on Debian: apt-get install chromium), or set HOLDFAST_BROWSER to its path";

/** The browser to test with, or `undefined`. */
export function findBrowser(): string | undefined {
  const named = process.env["HOLDFAST_BROWSER"];
  if (named && !existsSync(named)) throw new Error(`HOLDFAST_BROWSER names no file: ${named}`);
  return named ?? usualPlaces.find((path) => existsSync(path));
}

/** Installs Debian's Chromium if there is no browser and this is root on Debian. */
export function ensureBrowser(): string | undefined {
  const found = findBrowser();
  if (found !== undefined) return found;
  installFromDebian("browser", ["chromium"]);
  return findBrowser();
}
