import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findFirefox, howToInstallFirefox } from "../../../scripts/firefox.ts";
import type { Demo } from "../src/demo.ts";
import { FirefoxVisitor } from "./firefox-visitor.ts";
import { heartbeat } from "../src/shared/patience.ts";
import { Firefox } from "./firefox.ts";
import { mail, startQuietly } from "./quiet-demo.ts";

const hasFirefox = findFirefox() !== undefined;
if (!hasFirefox) console.warn(`SKIPPED: the demo in Firefox. To run it, ${howToInstallFirefox}.`);

describe.skipIf(!hasFirefox)("the page in a real Firefox", () => {
  let firefox: Firefox;
  let demo: Demo;
  // Its first start on a busy machine takes a while.
  beforeAll(async () => {
    [firefox, demo] = await Promise.all([Firefox.launch(), startQuietly({ heartbeat })]);
    expect(await firefox.browser.version()).toMatch(/^firefox/i);
  });
  afterAll(() => Promise.all([firefox?.[Symbol.asyncDispose](), demo?.[Symbol.asyncDispose]()]));

  const enter = (name: string): Promise<FirefoxVisitor> =>
    FirefoxVisitor.open(firefox.browser, demo.url, name);
  const drop = (name: string, subject: string, text?: string): void =>
    writeFileSync(join(demo.mailFolder, name), mail("Grandma", subject, text));

  test("a mail that is dropped into the folder appears, and is read when it is opened", async () => {
    await using ada = await enter("Ada");
    drop("cake.eml", "Come for cake", "There is plenty.");
    await ada.receives("Come for cake");
    expect(await ada.notices("Come for cake")).toEqual({ all: 1, unread: 1 });
    await ada.reads("#unread", /^1$/);
    await ada.openNotice("Come for cake");
    await ada.reads("#notices details[open] .preview", /^There is plenty\.$/);
    await ada.reads("#inbox-words", /^Nothing unread, 1 in all\.$/);
    expect(ada.complaints).toEqual([]);
  });

  test("a second tab is in step, a reload shows what was there, and who signs out is out in both", async () => {
    await using first = await enter("Cleo");
    const second = await first.secondTab(demo.url);
    await first.reads("#here", /Cleo \(you\), in 2 tabs/);
    drop("steps.eml", "Left, right");
    await Promise.all([first.receives("Left, right"), second.receives("Left, right")]);
    await second.press("Mark all as read");
    await first.reads("#inbox-words", /^Nothing unread, [1-9]/);

    await second.page.reload();
    await second.receives("Left, right");
    expect(await second.notices("Left, right")).toEqual({ all: 1, unread: 0 });
    expect(await second.count("#sign-in[open]")).toBe(0);

    await second.press("Sign out");
    await Promise.all([first.isAsked(), second.isAsked()]);
    expect(await Promise.all([first, second].map((tab) => tab.count("#notices > li")))).toEqual([0, 0]);
    expect([...first.complaints, ...second.complaints]).toEqual([]);
  });

  test("what is written while there is no network goes out once, by itself, when there is one", async () => {
    await using ada = await enter("Emil");
    demo.proxy.blackhole();
    await ada.seesSoMany("#status:not([hidden])", 1);
    await ada.fill("#compose-subject", "Written in the lift");
    await ada.press("Send");
    await ada.reads("#compose-words", /^It goes out as soon as the connection is back\.$/);
    // Whatever was dialed in the dark is gone as well.
    demo.proxy.cut();
    demo.proxy.heal();
    await ada.reads("#compose-words", /^Sent to everybody\.$/);
    await ada.receives("Written in the lift");
    await ada.seesSoMany("#status:not([hidden])", 0);
    expect(ada.complaints).toEqual([]);
  });

  test("the ledger of a burst is whole over a cut, a server lost without a word, and a black hole", async () => {
    await using ada = await enter("Dora");
    await ada.page.goto(`${demo.url}#laboratory`);
    await ada.reads("#state-name", /^OPEN$/);
    await ada.reads("#log", /came back after/);
    const breaks: readonly (() => Promise<void>)[] = [
      async () => demo.proxy.cut(),
      async () => demo.proxy.halfOpen(),
      async () => {
        demo.proxy.blackhole();
        await ada.reads("#state-name", /^CONNECTING$/);
        demo.proxy.heal();
      },
    ];
    for (const [round, breakIt] of breaks.entries()) {
      await ada.press("Burst");
      // In the middle of it, however slow the machine.
      await expect
        .poll(async () => Number(await ada.text("#up-sent")), { interval: 20 })
        .toBeGreaterThan(1 + 200 * round + 20);
      await breakIt();
      await expect
        .poll(() => ada.text("#log"))
        .toMatch(new RegExp(`(200 said, 200 came back.*){${round + 1}}`, "s"));
      await ada.reads("#ledger-words", /it is whole/);
      const all = 1 + 200 * (round + 1);
      const whole = [all, all, 0, 0, 0, 0];
      expect([await ada.ledger("up"), await ada.ledger("down")]).toEqual([whole, whole]);
    }
    expect(Number(await ada.text("#count-links"))).toBeGreaterThan(breaks.length);
    expect(await ada.text("#count-lost")).toBe("0");
    expect(ada.complaints).toEqual([]);
  });
});
