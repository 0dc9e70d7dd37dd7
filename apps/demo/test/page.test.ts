import { expect, test } from "vitest";
import { type Access, accessOf } from "./access.ts";
import { inChromium } from "./in-chromium.ts";
import { startQuietly } from "./quiet-demo.ts";
import { Visitor } from "./visitor.ts";

inChromium("the page", (there) => {
  test("nothing can be pressed before the page knows what to do", async () => {
    await using demo = await startQuietly();
    const context = await there.browser.newContext();
    await using ada = new Visitor(context, await context.newPage());
    const held = Promise.withResolvers<void>();
    await ada.page.route("**/*.js", async (route) => {
      await held.promise;
      await route.continue();
    });
    await ada.page.goto(demo.url, { waitUntil: "commit" });
    await ada.page.locator("#sign-out").waitFor();
    const reached = await ada.page.locator("button, input, a").evaluateAll((all) =>
      all.filter((one) => {
        (one as HTMLElement).focus();
        return one === document.activeElement;
      }),
    );
    // Skipping is up to the there.browser.
    expect(reached).toHaveLength(1);
    held.resolve();
    await ada.signIn("Ivy");
    await ada.press("Sign out");
    await ada.page.getByLabel("Your name").waitFor();
  });

  test("a name that is none is refused before and behind the form", async () => {
    await using demo = await startQuietly();
    const page = await there.browser.newPage();
    await page.goto(demo.url);
    await page.getByLabel("Your name").fill("a:b");
    await page.getByRole("button", { name: "Sign in" }).click();
    expect(await page.locator("#sign-in-name:invalid").count()).toBe(1);
    await page.keyboard.press("Escape");
    expect(await page.getByRole("dialog").isVisible()).toBe(true);
    await page.locator("#sign-in-name").evaluate((input) => input.removeAttribute("pattern"));
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("That is no name that the server takes.").waitFor();
    await page.getByLabel("Your name").fill("Priya प्रिया O’Neill");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Priya प्रिया O’Neill (you)").waitFor();
    await page.close();
  });

  test("shows polling and socket side by side, and the table is what the server counted", async ({
    expect,
  }) => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(there.browser, `${demo.url}?seconds=3`, "Ada", "compare");
    await ada.page.locator("#rate").fill("120");
    await ada.page.locator("#poll-every").fill("1");
    await ada.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await ada.press("Run for 3 s");
    await ada.page.getByText("Done: both have received everything.").waitFor();
    await ada.press("Copy as a table");
    await ada.sees("The table is in your clipboard.");
    const table = await ada.page.evaluate(() => navigator.clipboard.readText());
    const cells = new Map(
      table.split("\n").map((line) => {
        const [, measure = "", polling = "", socket = ""] = line.split("|").map((cell) => cell.trim());
        return [measure, [polling, socket].map((cell) => Number(cell.replaceAll(/[,ms ]/g, "")))];
      }),
    );
    const [polled = 0, told = 0] = cells.get("notifications received") ?? [];
    expect(polled).toBe(told);
    expect(await ada.page.locator("#polling-list li").count()).toBe(Math.min(polled, 50));
    // Every number is in the server's own access log.
    const isLink = ({ method }: Access): boolean => method === "LINK";
    await expect.poll(() => accessOf(demo, /^compare:/).filter(isLink)).toHaveLength(1);
    const lines = accessOf(demo, /^compare:/);
    const sum = (method: string, of: (access: Access) => number): number =>
      lines.filter((access) => access.method === method).reduce((total, access) => total + of(access), 0);
    const requests = sum("GET", () => 1);
    expect(requests).toBeGreaterThan(2);
    expect(Object.fromEntries(cells)).toMatchObject({
      requests: [requests, 1],
      "of these: nothing new": [sum("GET", ({ isEmpty }) => Number(isEmpty)), 0],
      "bytes to the server": [sum("GET", ({ bytesIn }) => bytesIn), sum("LINK", ({ bytesIn }) => bytesIn)],
      "bytes from the server": [
        sum("GET", ({ bytesOut }) => bytesOut),
        sum("LINK", ({ bytesOut }) => bytesOut),
      ],
    });
    expect(ada.complaints).toEqual([]);
  });

  test("a comparison can be stopped, and run again", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(there.browser, demo.url, "Ada", "compare");
    await ada.sees("Let it run, and what arrives over the socket is listed here.");
    await ada.page.locator("#rate").fill("120");
    await ada.page.locator("#poll-every").fill("1");
    await ada.press("Run for a minute");
    await ada.page.locator("#socket-list li").first().waitFor();
    await ada.press("Stop");
    await ada.sees("Stopped: the numbers are those up to then.");
    expect(await ada.page.locator("#compare-table tbody tr").count()).toBeGreaterThan(5);
    await ada.press("Run for a minute");
    await ada.press("Stop");
    await ada.sees("Stopped: the numbers are those up to then.");
    expect(ada.complaints).toEqual([]);
  });

  test("the echo corner says hello both ways, and closes politely after five seconds", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(there.browser, demo.url, "Ada", "echo");
    await ada.sees("new WebSocket(url)");
    // Nothing of the code is cut off.
    for (const code of await ada.page.locator("#echo pre").all()) {
      expect(await code.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    }
    const runs = ada.page.getByRole("button", { name: "Run", exact: true });
    await runs.first().click();
    await runs.last().click();
    await ada.page.locator("#native-log", { hasText: /open.*echo: Hello.*closed: 1000 done/ }).waitFor();
    await ada.page
      .locator("#holdfast-log", { hasText: /CONNECTING.*OPEN.*echo: Hello.*CLOSING.*CLOSED/ })
      .waitFor();
    expect(ada.complaints).toEqual([]);
  });
});
