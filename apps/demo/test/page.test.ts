import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserArgs, findBrowser, howToInstall } from "../../../scripts/browser.ts";
import { type Demo, startDemo } from "../src/demo.ts";
import { type ShownRow, Visitor } from "./visitor.ts";

const executablePath = findBrowser();
if (!executablePath) console.warn(`SKIPPED: the demo in a browser. To run it, ${howToInstall}.`);

const hello = "Hello from my first live web socket!";
/** From 50 to 149 said, of 201. */
const amidBurst = /^([5-9]\d|1[0-4]\d)$/;
/** Everything that was sent has arrived, once. */
const whole = (sent: number): ShownRow => ({ sent, received: sent, failed: 0, lost: 0, doubled: 0 });

const start = (closeAfterMs?: number): Promise<Demo> => startDemo({ port: 0, closeAfterMs, print: () => {} });

describe.skipIf(!executablePath)("the page, in a real browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: browserArgs });
  });
  afterAll(() => browser?.close());

  test("opens a session, says hello and hears it back", async () => {
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.seesState("OPEN");
    await visitor.reads(/greeting, attempt 1.*OPEN.*Session opened/);
    await visitor.reads(/Hello from my first live web socket!.*came back after \d+ ms/);
    expect(await visitor.echoes(hello)).toBe(1);
    expect(await visitor.checkedLedger()).toEqual({ up: whole(1), down: whole(1) });
    expect(await visitor.counts()).toEqual({ links: 1, resumed: 0, lost: 0 });
    expect(visitor.complaints).toEqual([]);
  });

  test("is open again after a cut, with the same session", async () => {
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.seesState("OPEN");
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

  test.each([
    ["a cut", "Cut the link", (_: Visitor) => Promise.resolve()],
    ["a server that is lost without a word", "Lose the server", () => Promise.resolve()],
    [
      "a black hole",
      "Black-hole it",
      async (visitor: Visitor) => {
        await visitor.seesState("CONNECTING");
        await visitor.press("Heal");
      },
    ],
  ] as const)("keeps the ledger of a burst of 200 whole over %s", async (_, fault, recover) => {
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.seesState("OPEN");
    await visitor.press("Burst");
    await visitor.hasSaid(amidBurst);
    await visitor.press(fault);
    await recover(visitor);
    await visitor.reads(/Session resumed/);
    await visitor.hasSaid(/^201$/);
    expect(await visitor.checkedLedger()).toEqual({ up: whole(201), down: whole(201) });
    await visitor.reads(/200 said, 200 came back/);
    expect(await visitor.counts()).toEqual({ links: 2, resumed: 1, lost: 0 });
    expect(visitor.complaints).toEqual([]);
  });

  test("goes on with its session after a reload in the middle of a burst", async () => {
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.seesState("OPEN");
    const session = await visitor.session();
    await visitor.press("Burst");
    await visitor.hasSaid(amidBurst);
    await visitor.page.reload();
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
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.seesState("OPEN");
    await visitor.press("Black-hole it");
    await visitor.seesState("CONNECTING");
    await visitor.say("from the page before");
    await visitor.page.reload();
    await visitor.press("Heal");
    await visitor.reads(/Session resumed after a reload.*from the page before.*to the page before/);
    expect(await visitor.checkedLedger()).toEqual({ up: whole(3), down: whole(3) });
    expect(visitor.complaints).toEqual([]);
  });

  test("finds a black hole, and what was said meanwhile arrives once when it is healed", async () => {
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.seesState("OPEN");
    await visitor.press("Black-hole it");
    await visitor.say("said before anybody knew");
    await visitor.seesState("CONNECTING");
    await visitor.reads(/said before anybody knew.*kept for the next one/);
    await visitor.say("said in the dark");
    await visitor.reads(/said in the dark.*waits in the outbox/);
    await visitor.page.getByText(/^[1-9]\d* bytes$/).waitFor();
    await visitor.press("Heal");
    await visitor.reads(/You healed the network.*Session resumed/);
    await visitor.say("the last word");
    await visitor.reads(/the last word.*the last word/);
    expect(await visitor.echoes("said before anybody knew")).toBe(1);
    expect(await visitor.echoes("said in the dark")).toBe(1);
    expect(await visitor.checkedLedger()).toEqual({ up: whole(4), down: whole(4) });
    expect(visitor.complaints).toEqual([]);
  });

  test("tells what is in doubt when the server has forgotten its session", async () => {
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.reads(/came back after/);
    const session = await visitor.session();
    await visitor.press("Black-hole it");
    await visitor.say("into the dark");
    await visitor.press("Forget sessions");
    await visitor.press("Heal");
    await visitor.reads(/Session lost \(unknown\).*1 in doubt, "into the dark".*Session opened/);
    await visitor.reads(/into the dark.*in doubt: it may have arrived, or not/);
    const failed = { sent: 2, received: 1, failed: 1, lost: 0, doubled: 0 };
    expect(await visitor.checkedLedger()).toEqual({ up: failed, down: whole(1) });
    expect(await visitor.counts()).toEqual({ links: 2, resumed: 0, lost: 1 });
    expect(await visitor.session()).not.toBe(session);
    expect(visitor.complaints).toEqual([]);
  });

  test("comes back when the demo was started again, and counts with the new server", async () => {
    await using first = await start();
    await using visitor = await Visitor.open(browser, first.url);
    await visitor.reads(/came back after/);
    await first[Symbol.asyncDispose]();
    await using second = await startDemo({ port: Number(new URL(first.url).port), print: () => {} });
    await visitor.reads(/OPEN.*CONNECTING.*Session lost.*OPEN/);
    expect(second.proxy.port).not.toBe(first.proxy.port);
    await visitor.say("nice to meet you");
    await visitor.reads(/nice to meet you.*answer 1, over link 1/);
    expect(await visitor.checkedLedger()).toEqual({ up: whole(1), down: whole(1) });
  });

  test("closes politely on the button, and connects again on the other", async () => {
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.seesState("OPEN");
    await visitor.press("Close politely");
    await visitor.seesState("CLOSED");
    await visitor.reads(/CLOSING.*CLOSED.*1000, a polite goodbye/);
    await visitor.press("Connect again");
    await visitor.reads(/CLOSED.*OPEN.*Session opened/);
    await visitor.press("Say hello");
    await expect.poll(() => visitor.echoes(hello)).toBe(2);
    expect(await visitor.checkedLedger()).toEqual({ up: whole(2), down: whole(2) });
    expect(visitor.complaints).toEqual([]);
  });

  test("reads the news, and catches up with those it was away for", async () => {
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.seesState("OPEN");
    // Its answer comes after the server was asked for news.
    await visitor.say("what is new?");
    await visitor.reads(/what is new\?.*what is new\?/);
    demo.tellNews("told while somebody was here");
    await visitor.reads(/told while somebody was here.*of its own accord/);
    await visitor.press("Close politely");
    await visitor.seesState("CLOSED");
    demo.tellNews("told while nobody was here");
    await visitor.press("Connect again");
    await visitor.reads(/CLOSED.*told while nobody was here/);
    expect(visitor.complaints).toEqual([]);
  });

  test("closes politely by itself when its time is up", async () => {
    await using demo = await start(500);
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.reads(/OPEN.*CLOSING.*CLOSED.*1000/);
    expect(visitor.complaints).toEqual([]);
  });

  test("stays open on request, and closes in time on another", async () => {
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.page.getByText(/Closes politely in \d+ s/).waitFor();
    await visitor.press("Keep it open");
    await visitor.page.getByText("Stays open until you close it.").waitFor();
    await visitor.press("Close it in time");
    await visitor.page.getByText(/Closes politely in \d+ s/).waitFor();
    expect(visitor.complaints).toEqual([]);
  });
});
