import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { browserArgs, findBrowser, howToInstall } from "../../../scripts/browser.ts";
import { startDemo } from "./demo.ts";

// `pnpm picture` in this folder: the first picture of the README, taken from the page while it lives.

const pictures = fileURLToPath(new URL("../../../docs/pictures", import.meta.url));

const executablePath = findBrowser();
if (!executablePath) throw new Error(`no browser to take a picture with: ${howToInstall}`);

const data = mkdtempSync(join(tmpdir(), "holdfast-picture-"));
await using owned = new AsyncDisposableStack();
owned.defer(() => rmSync(data, { recursive: true }));
const demo = owned.use(await startDemo({ port: 0, data, print: () => {} }));
const browser = owned.use(await chromium.launch({ executablePath, args: browserArgs }));
const page = await browser.newPage({ viewport: { width: 1180, height: 1000 } });
await page.goto(`${demo.url}#laboratory`);
await page.getByLabel("Your name").fill("Ada");
await page.getByRole("button", { name: "Sign in" }).click();
await page.getByLabel("Say 10 things a second").check();
await page.getByLabel("The same over a plain").check();
await said(page, 80);
await page.getByRole("button", { name: "Cut the link" }).click();
await said(page, 160);
await page.getByRole("button", { name: "Lose the server" }).click();
await said(page, 260);
await page.getByRole("button", { name: "Cut the link" }).click();
await said(page, 420);
await page.getByLabel("Say 10 things a second").uncheck();
await page.getByText("Both ends have counted: it is whole.").waitFor();
const bottom = await page
  .locator(".timeline")
  .evaluate((card) => card.getBoundingClientRect().bottom + scrollY);
await page.screenshot({
  path: join(pictures, "laboratory.png"),
  fullPage: true,
  clip: { x: 0, y: 0, width: 1180, height: Math.ceil(bottom) + 24 },
});

/** Waits until the page has said so many. */
async function said(of: Page, count: number): Promise<void> {
  await of.waitForFunction((n) => Number(document.querySelector("#up-sent")?.textContent) >= n, count, {
    timeout: 90_000,
  });
}
