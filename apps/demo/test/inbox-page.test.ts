import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Demo } from "../src/demo.ts";
import { heartbeat } from "../src/shared/patience.ts";
import { inChromium } from "./in-chromium.ts";
import { Person } from "./person.ts";
import { mail, startQuietly } from "./quiet-demo.ts";
import { Visitor } from "./visitor.ts";

function drop({ mailFolder }: Demo, name: string, from: string, subject: string, text?: string): void {
  writeFileSync(join(mailFolder, name), mail(from, subject, text));
}

inChromium("the inbox", (there) => {
  test("a mail that is dropped into the folder appears on every page, and is read when it is opened", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(there.browser, demo.url, "Ada");
    await using bob = await Visitor.open(there.browser, demo.url, "Bob");
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
    await using ada = await Visitor.open(there.browser, demo.url, "Ada");
    await using bob = await Visitor.open(there.browser, demo.url, "Bob");
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
    await using ada = await Visitor.open(there.browser, demo.url, "Uma");
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
    await using first = await Visitor.open(there.browser, demo.url, "Cleo");
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
    await using demo = await startQuietly({ tokenLifeMs: 3_000, heartbeat });
    await using ada = await Visitor.open(there.browser, demo.url, "Ada");
    await using carl = await Visitor.open(there.browser, demo.url, "Carl");
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
    await using ada = await Visitor.open(there.browser, demo.url, "Ada");
    await ada.sees("Ada (you)");
    const bob = await Person.signIn(demo.url, "Bob");
    for (let n = 1; n <= 230; n++) await bob.publish({ subject: `Number ${n}`, preview: "" });
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
    await using ada = await Visitor.open(there.browser, demo.url, "Dora");
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
    await using demo = await startQuietly({ heartbeat });
    await using ada = await Visitor.open(there.browser, demo.url, "Emil");
    await using bob = await Visitor.open(there.browser, demo.url, "Bob");
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
    // He need not wait, either, until his own next attempt.
    await bob.press("Try now");
    demo.proxy.heal();
    await ada.page.context().setOffline(false);
    await Promise.all([ada.sees("3 while you were away"), bob.receives("Written in the lift")]);
    await ada.press("Thank you");
    await ada.page.locator("#away").waitFor({ state: "hidden" });
    expect(await bob.notice("Written in the lift").count()).toBe(1);
  });

  test("what arrives is shown as text, whatever it is", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(there.browser, demo.url, "Fay");
    await ada.page.getByLabel("Text").fill("<img src=x onerror=alert(2)>");
    await ada.compose("<img src=x onerror=alert(1)> & <b>bold</b>");
    await ada.receives("<img src=x onerror=alert(1)> & <b>bold</b>");
    expect(await ada.notices.locator("img, b").count()).toBe(0);
    expect(ada.complaints).toEqual([]);
  });

  test("tells on the desktop what is new while the page is hidden, once somebody has asked for it", async () => {
    await using demo = await startQuietly();
    const context = await there.browser.newContext();
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
});
