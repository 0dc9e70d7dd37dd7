import { expect, test } from "vitest";
import { heartbeat } from "../src/shared/patience.ts";
import { inChromium } from "./in-chromium.ts";
import { startQuietly } from "./quiet-demo.ts";
import { Visitor, whole } from "./visitor.ts";

const hello = "Hello from my first live web socket!";

inChromium("the session of the laboratory", (there) => {
  test("is open again after a cut, with the same session", async () => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(there.browser, demo.url);
    const session = await visitor.session();
    await visitor.press("Cut the link");
    await visitor.reads(
      /You cut every link.*CONNECTING.*attempt \d in \d\.\d s.*OPEN.*Session resumed.*link 2/,
    );
    await visitor.say("hello again");
    await visitor.reads(/hello again.*the server, answer 2, over link 2/);
    expect(await visitor.checkedLedger()).toEqual({ up: whole(2), down: whole(2) });
    expect(await visitor.session()).toBe(session);
    expect(visitor.complaints).toEqual([]);
  });

  test("goes on with its session after a reload in the middle of a burst", async () => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(there.browser, demo.url);
    const session = await visitor.session();
    await visitor.reloadAmidBurst();
    await visitor.reads(/Session resumed after a reload/);
    await visitor.reads(/Hello again, after a reload!.*came back/);
    const { up, down } = await visitor.checkedLedger();
    expect(up.sent).toBeGreaterThan(50);
    expect([up, down]).toEqual([whole(up.sent), whole(up.sent)]);
    expect(await visitor.counts()).toEqual({ links: 2, resumed: 1, lost: 0 });
    expect(await visitor.session()).toBe(session);
    expect(visitor.complaints).toEqual([]);
  });

  test("carries over a reload what was said while the link was down", async () => {
    await using demo = await startQuietly({ heartbeat });
    await using visitor = await Visitor.inLaboratory(there.browser, demo.url);
    await visitor.press("Black-hole it");
    await visitor.seesState("CONNECTING");
    await visitor.say("from the page before");
    await visitor.page.reload();
    await visitor.press("Heal");
    await visitor.reads(/Session resumed after a reload.*from the page before.*to the page before/);
    expect(await visitor.checkedLedger()).toEqual({ up: whole(3), down: whole(3) });
    expect(visitor.complaints).toEqual([]);
  });

  test("closes politely on the button, and connects again on the other", async () => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(there.browser, demo.url);
    await visitor.press("Close politely");
    await visitor.seesState("CLOSED");
    await visitor.reads(/CLOSING.*CLOSED.*1000, a polite goodbye/);
    await visitor.press("Connect again");
    await visitor.reads(/CLOSED.*OPEN.*Session opened/);
    await visitor.press("Say hello");
    await visitor.log.locator(".heard", { hasText: hello }).nth(1).waitFor();
    expect(await visitor.echoes(hello)).toBe(2);
    expect(await visitor.checkedLedger()).toEqual({ up: whole(2), down: whole(2) });
    expect(visitor.complaints).toEqual([]);
  });

  test("asks for another credential when the sign-in has ended, and goes on with the session", async ({
    expect,
  }) => {
    await using demo = await startQuietly({ tokenLifeMs: 8_000 });
    await using visitor = await Visitor.inLaboratory(there.browser, demo.url);
    const session = await visitor.session();
    await visitor.page.getByLabel("The same over a plain").check();
    await visitor.page.getByLabel("Say 10 things a second").check();
    await visitor.hasSaid(/^(9\d|\d{3,})$/);
    // Renewed more than once by now, and nobody noticed.
    expect(await visitor.counts()).toEqual({ links: 1, resumed: 0, lost: 0 });
    await visitor.press("End my sign-in");
    await visitor.sees(/Your sign-in has ended/);
    // Two seconds in which nobody is signed in.
    const { sent } = await visitor.row("up");
    await expect.poll(async () => (await visitor.row("up")).sent).toBeGreaterThan(sent + 20);
    const answered = Number(await visitor.page.locator("#plain-up-received").textContent());
    await visitor.signIn("Ada");
    await visitor.seesState("OPEN");
    // Who looks after the plain socket stopped asking when nobody was signed in, and asks again.
    const counted = visitor.page.locator("#plain-up-received");
    await expect.poll(async () => Number(await counted.textContent())).toBeGreaterThan(answered);
    // The request that was refused, and one more that had gone out by then.
    const refused = visitor.complaints.filter((complaint) => /\/api\/plain\/.* 401$/.test(complaint));
    expect(refused.length).toBeLessThan(3);
    await visitor.page.getByLabel("Say 10 things a second").uncheck();
    const { up, down } = await visitor.checkedLedger();
    expect([up, down]).toEqual([whole(up.sent), whole(up.sent)]);
    expect([await visitor.session(), (await visitor.counts()).lost]).toEqual([session, 0]);
  });

  test("lets a second tab take the session over, says so in the first, and both ledgers stay whole", async () => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(there.browser, demo.url);
    await visitor.reads(/came back after/);
    const session = await visitor.session();
    const opened = visitor.page.waitForEvent("popup");
    await visitor.press("A second tab");
    const second = visitor.also(await opened);
    await second.reads(/Session resumed after a reload/);
    await second.say("from the second tab");
    await second.reads(/from the second tab.*from the second tab/);
    expect(await second.session()).toBe(session);
    const { up, down } = await second.checkedLedger();
    expect([up, down]).toEqual([whole(up.sent), whole(up.sent)]);
    await visitor.page.bringToFront();
    await visitor.seesState("CLOSED");
    await visitor.sees("This session goes on in another tab.");
    await visitor.press("Connect here");
    await visitor.reads(/CLOSED.*OPEN/);
    expect(await visitor.session()).not.toBe(session);
    // A tab that nobody looks at has slow timers: one after the other.
    for (const tab of [visitor, second]) {
      await tab.page.bringToFront();
      await tab.press("Burst");
      await tab.reads(/200 said, 200 came back/);
    }
    await visitor.page.bringToFront();
    expect(await visitor.checkedLedger()).toEqual({ up: whole(200), down: whole(200) });
    await second.page.bringToFront();
    expect(await second.checkedLedger()).toEqual({ up: whole(up.sent + 200), down: whole(up.sent + 200) });
  });
});
