import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Demo } from "../src/demo.ts";
import { isMissing, launch } from "./chromium.ts";
import { type Access, accessOf } from "./access.ts";
import { mail, startQuietly } from "./quiet-demo.ts";
import { Visitor } from "./visitor.ts";

function drop({ mailFolder }: Demo, name: string, from: string, subject: string, text?: string): void {
  writeFileSync(join(mailFolder, name), mail(from, subject, text));
}

describe.skipIf(isMissing)("the page", { timeout: 60_000, concurrent: true }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  test("a mail that is dropped into the folder appears on every page, and is read when it is opened", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(browser, demo.url, "Ada");
    await using bob = await Visitor.open(browser, demo.url, "Bob");
    await ada.sees("Ada (you)");
    drop(demo, "cake.eml", "Grandma", "Come for cake", "There is plenty.");
    await Promise.all([ada.receives("Come for cake"), bob.receives("Come for cake")]);
    expect(await ada.page.locator("#unread").textContent()).toBe("1");
    await ada.notice("Come for cake").locator("summary").click();
    await ada.sees("There is plenty.");
    await ada.sees("Nothing unread, 1 in all.");
    // Somebody else has not read it.
    await bob.sees("1 unread, 1 in all.");
    expect([ada.complaints, bob.complaints]).toEqual([[], []]);
  });

  test("what is written to somebody is theirs alone, and what is written to everybody everybody's", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(browser, demo.url, "Ada");
    await using bob = await Visitor.open(browser, demo.url, "Bob");
    await bob.sees("Ada");
    await ada.compose("Only you", "Bob");
    await ada.sees("Sent to Bob.");
    await bob.receives("Only you");
    await ada.compose(" ");
    await ada.sees("That cannot be sent: it needs a subject of 1 to 200 characters.");
    await ada.compose("You, too", "bob");
    await bob.receives("You, too");
    await ada.compose("Nobody yet", "Bobby");
    await ada.sees("Sent to Bobby, who is not here now: it is there when somebody signs in by that name.");
    await bob.compose("All of you");
    await ada.receives("All of you");
    expect(await ada.notice("Only you").count()).toBe(0);
    expect([ada.complaints, bob.complaints]).toEqual([[], []]);
  });

  test("a notification that is opened among the unread ones stays until it is closed", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(browser, demo.url, "Uma");
    drop(demo, "unread.eml", "A friend", "Read me slowly", "Line by line.");
    await ada.receives("Read me slowly");
    await ada.page.getByLabel("Unread only").check();
    const summary = ada.notice("Read me slowly").locator("summary");
    await summary.click();
    await ada.hasRead("Line by line.");
    await summary.click();
    await ada.notice("Read me slowly").waitFor({ state: "hidden" });
    expect(ada.complaints).toEqual([]);
  });

  test("two tabs stay in step: what is read in one is read in the other, and who signs out in one is out in both", async () => {
    await using demo = await startQuietly();
    await using first = await Visitor.open(browser, demo.url, "Cleo");
    await using second = await first.secondTab(demo.url);
    await first.sees("Cleo (you), in 2 tabs");
    drop(demo, "steps.eml", "A dancer", "Left, right");
    await Promise.all([first.receives("Left, right"), second.receives("Left, right")]);
    await second.press("Mark all as read");
    await first.sees(/^Nothing unread, \d+ in all\.$/);
    await first.press("Sign out");
    await Promise.all([first, second].map(({ page }) => page.getByLabel("Your name").waitFor()));
    expect([first.complaints, second.complaints]).toEqual([[], []]);
  });

  test("who signs out without a link is out, and another person's page sends nothing of theirs", async () => {
    await using demo = await startQuietly({ tokenLifeMs: 3_000 });
    await using ada = await Visitor.open(browser, demo.url, "Ada");
    await using carl = await Visitor.open(browser, demo.url, "Carl");
    await carl.sees("Ada");
    demo.proxy.blackhole();
    await ada.sees(/Connection lost/);
    await ada.compose("Only Ada may say this", "Carl");
    await ada.sees("It goes out as soon as the connection is back.");
    // In another tab of the same browser somebody else signs in.
    await using second = await ada.secondTab(demo.url);
    await second.press("Sign out");
    await second.signIn("Mallory");
    demo.proxy.heal();
    await ada.sees("Mallory (you)");
    await ada.compose("From Mallory", "Carl");
    await carl.receives("From Mallory");
    expect(await carl.notice("Only Ada may say this").count()).toBe(0);
  });

  test("of more than two hundred it says how many there are, shows the latest, and older ones on request", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(browser, demo.url, "Ada");
    await ada.sees("Ada (you)");
    await ada.page.evaluate(async () => {
      for (let n = 1; n <= 230; n++) {
        const body = JSON.stringify({ subject: `Number ${n}`, preview: "" });
        await (await fetch("/api/notifications", { method: "POST", body })).text();
      }
    });
    await ada.sees("230 unread, 230 in all.");
    await ada.page.reload();
    await ada.sees("230 unread, 230 in all.");
    await ada.receives("Number 230");
    expect(await ada.notices.count()).toBe(200);
    expect(await ada.page.title()).toBe("(230) Holdfast · Inbox");
    await ada.press("Show older ones");
    await ada.notice(/^unread: .*Number 1\D/).waitFor({ state: "attached" });
    expect(await ada.notices.first().textContent()).toContain("Number 230");
    expect(await ada.notices.last().textContent()).toContain("Number 1");
    await ada.press("Mark all as read");
    await ada.sees("Nothing unread, 230 in all.");
    expect(ada.complaints).toEqual([]);
  });

  test("a reload shows what was there, and asks nobody to sign in again", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(browser, demo.url, "Dora");
    drop(demo, "stay.eml", "A friend", "Will you stay?");
    await ada.notice("Will you stay?").locator("summary").click();
    // What a page asks ends with it: the server has heard of this before.
    await ada.hasRead("Will you stay?");
    await ada.page.reload();
    await ada.hasRead("Will you stay?");
    await ada.sees("Nothing unread, 1 in all.");
    expect(ada.complaints).toEqual([]);
  });

  test("without a network it says so, keeps what is written, and catches up with a word", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(browser, demo.url, "Emil");
    await using bob = await Visitor.open(browser, demo.url, "Bob");
    await bob.sees("Emil");
    await ada.page.context().setOffline(true);
    // The browser says so, and leaves the socket as it is: it is the network that goes.
    demo.proxy.blackhole();
    await ada.sees("You are offline. What you send is kept until you are back.");
    await ada.compose("Written in the lift", "Bob");
    await ada.sees("It goes out as soon as the connection is back.");
    for (const n of [1, 2, 3]) {
      await bob.page.evaluate(async (subject) => {
        const body = JSON.stringify({ to: "Emil", subject, preview: "" });
        await fetch("/api/notifications", { method: "POST", body });
      }, `Meeting ${n}`);
    }
    // The second look for a network: by then it is an absence.
    await ada.page.locator("#log", { hasText: /no network.*attempt 3/ }).waitFor({ state: "attached" });
    demo.proxy.heal();
    await ada.page.context().setOffline(false);
    // He need not wait, either, until his own next attempt.
    await bob.page.evaluate(() => dispatchEvent(new Event("online")));
    await Promise.all([ada.sees("3 while you were away"), bob.receives("Written in the lift")]);
    await ada.press("Thank you");
    await ada.page.locator("#away").waitFor({ state: "hidden" });
    expect(await bob.notice("Written in the lift").count()).toBe(1);
  });

  test("what arrives is shown as text, whatever it is", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(browser, demo.url, "Fay");
    await ada.page.getByLabel("Text").fill("<img src=x onerror=alert(2)>");
    await ada.compose("<img src=x onerror=alert(1)> & <b>bold</b>");
    await ada.receives("<img src=x onerror=alert(1)> & <b>bold</b>");
    expect(await ada.notices.locator("img, b").count()).toBe(0);
    expect(ada.complaints).toEqual([]);
  });

  test("nothing can be pressed before the page knows what to do", async () => {
    await using demo = await startQuietly();
    const context = await browser.newContext();
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
    // Skipping is up to the browser.
    expect(reached).toHaveLength(1);
    held.resolve();
    await ada.signIn("Ivy");
    await ada.press("Sign out");
    await ada.page.getByLabel("Your name").waitFor();
  });

  test("a name that is none is refused before and behind the form", async () => {
    await using demo = await startQuietly();
    const page = await browser.newPage();
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
    await using ada = await Visitor.open(browser, `${demo.url}?seconds=3`, "Ada", "compare");
    await ada.page.locator("#rate").fill("120");
    await ada.page.locator("#poll-every").fill("1");
    await ada.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await ada.press("Run for 3 s");
    await ada.page.getByText("Done: both have received everything.").waitFor({ timeout: 15_000 });
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
    await expect.poll(() => accessOf(demo, /^compare:/).filter(isLink), { timeout: 5_000 }).toHaveLength(1);
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
    await using ada = await Visitor.open(browser, demo.url, "Ada", "compare");
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

  test("tells on the desktop what is new while the page is hidden, once somebody has asked for it", async () => {
    await using demo = await startQuietly();
    const context = await browser.newContext();
    await using ada = new Visitor(context, await context.newPage());
    // A headless browser shows nothing on a desktop, and hides no page: both are played.
    await ada.page.addInitScript(() => {
      const shown: string[] = [];
      class Shown extends EventTarget {
        static permission = "default";
        constructor(title: string, { body }: { body: string }) {
          super();
          shown.push(`${title}: ${body}`);
        }
        static requestPermission(): Promise<string> {
          Shown.permission = "granted";
          return Promise.resolve("granted");
        }
      }
      Object.assign(globalThis, { Notification: Shown, shown });
    });
    const shown = (): Promise<unknown> =>
      ada.page.evaluate(() => (globalThis as unknown as { shown: unknown }).shown);
    await ada.page.goto(demo.url);
    await ada.signIn("Gus");
    await ada.press("Notify me on the desktop");
    await ada.sees("You are told on the desktop while this page is hidden.");
    drop(demo, "seen.eml", "The baker", "You see this");
    await ada.receives("You see this");
    await ada.page.evaluate(() => Object.defineProperty(document, "hidden", { value: true }));
    drop(demo, "hidden.eml", "The milkman", "You do not see this");
    await ada.notice("You do not see this").waitFor({ state: "attached" });
    expect(await shown()).toEqual(["The milkman: You do not see this"]);
    expect(ada.complaints).toEqual([]);
  });

  test("the echo corner says hello both ways, and closes politely after five seconds", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(browser, demo.url, "Ada", "echo");
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
