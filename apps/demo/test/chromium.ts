import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { browserArgs, findBrowser, howToInstall } from "../../../scripts/browser.ts";

const executablePath = findBrowser();

/** Whether there is none to test in; then it is said. */
export const isMissing: boolean = !executablePath;
if (isMissing) console.warn(`SKIPPED: the demo in a browser. To run it, ${howToInstall}.`);

export function launch(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath ?? "", args: browserArgs, ...options });
}
