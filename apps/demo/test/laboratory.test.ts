import { text } from "node:stream/consumers";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isMissing, launch } from "./chromium.ts";
import { startQuietly } from "./quiet-demo.ts";
import { Visitor, whole } from "./visitor.ts";

const hello = "Hello from my first live web socket!";
/** From 50 to 149 said, of 201. */
const amidBurst = /^([5-9]\d|1[0-4]\d)$/;

/** What lasts is cut once, and then healed. */
async function cut(visitor: Visitor): Promise<void> {
  await visitor.press("Cut the link");
  await visitor.seesState("CONNECTING");
  await visitor.press("Heal");
}

/** How many pixels of the timeline have that colour of the style sheet. */
function drawn({ page }: Visitor, name: string): Promise<number> {
  return page.locator("#timeline canvas").evaluate((canvas, colour) => {
    const probe = document.createElement("span");
    probe.style.color = `var(${colour})`;
    canvas.after(probe);
    const [red, green, blue] = getComputedStyle(probe).color.match(/\d+/g)?.map(Number) ?? [];
    probe.remove();
    const { width, height } = canvas as HTMLCanvasElement;
    const data = (canvas as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255)
        count++;
    }
    return count;
  }, name);
}

// Most of it is waiting for a network that is broken: each breaks one of their own, side by side.
describe.skipIf(isMissing)("the laboratory", { timeout: 60_000, concurrent: true }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  test("says hello, and the ledger is whole", async () => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(browser, demo.url);
    await visitor.reads(/Hello from my first live web socket!.*came back after \d+ ms/);
    expect(await visitor.echoes(hello)).toBe(1);
    expect(await visitor.checkedLedger()).toEqual({ up: whole(1), down: whole(1) });
    expect(await visitor.counts()).toEqual({ links: 1, resumed: 0, lost: 0 });
    expect(visitor.complaints).toEqual([]);
  });

  test("is open again after a cut, with the same session", async () => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(browser, demo.url);
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
    ["a network that is slow", "Slow it down", cut],
    ["a network of 2,000 bytes a second", "Throttle it", cut],
    [
      "a black hole",
      "Black-hole it",
      async (visitor: Visitor) => {
        await visitor.seesState("CONNECTING");
        await visitor.press("Heal");
      },
    ],
  ] as const)("keeps the ledger of a burst of 200 whole over %s", async (_, fault, recover) => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(browser, demo.url);
    await visitor.press("Burst");
    await visitor.hasSaid(amidBurst);
    await visitor.press(fault);
    expect((await visitor.row("up")).sent).toBeLessThan(201);
    await recover(visitor);
    await visitor.reads(/Session resumed/);
    await visitor.hasSaid(/^201$/);
    expect(await visitor.checkedLedger()).toEqual({ up: whole(201), down: whole(201) });
    await visitor.reads(/200 said, 200 came back/);
    expect(await visitor.counts()).toEqual({ links: 2, resumed: 1, lost: 0 });
    expect(visitor.complaints).toEqual([]);
  });

  test("goes on with its session after a reload in the middle of a burst", async () => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(browser, demo.url);
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
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(browser, demo.url);
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
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(browser, demo.url);
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
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(browser, demo.url);
    await visitor.reads(/came back after/);
    const session = await visitor.session();
    await visitor.press("Black-hole it");
    await visitor.say("into the dark");
    const restarted = visitor.page.waitForResponse(/\/fault\/restart$/);
    await visitor.press("Restart the server");
    // Who comes while it restarts finds nobody.
    await restarted;
    await visitor.press("Heal");
    await visitor.reads(/Session lost \(unknown\).*1 in doubt, "into the dark".*Session opened/);
    await visitor.reads(/into the dark.*in doubt: it may have arrived, or not/);
    const failed = { sent: 2, received: 1, failed: 1, lost: 0, doubled: 0, reordered: 0 };
    expect(await visitor.checkedLedger()).toEqual({ up: failed, down: whole(1) });
    expect(await visitor.counts()).toEqual({ links: 2, resumed: 0, lost: 1 });
    expect(await visitor.session()).not.toBe(session);
    expect(visitor.complaints).toEqual([]);
  });

  test("is in doubt of nothing when the server is deployed anew while it talks", async () => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(browser, demo.url);
    const steady = visitor.page.getByLabel("Say 10 things a second");
    await steady.check();
    await visitor.hasSaid(/^([5-9]|\d\d+)$/);
    await visitor.press("Deploy it anew");
    await visitor.reads(
      /You deployed the server anew.*Session lost \(unknown\).*nothing is in doubt.*Session opened/,
    );
    await steady.uncheck();
    const { up, down } = await visitor.checkedLedger();
    expect({ up, down }).toEqual({ up: whole(up.sent), down: whole(up.sent) });
    expect(await visitor.counts()).toEqual({ links: 2, resumed: 0, lost: 1 });
    // In one process nobody takes new links before the old ones are gone.
    expect(visitor.complaints.filter((words) => !words.endsWith("503"))).toEqual([]);
  });

  test("closes politely on the button, and connects again on the other", async () => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(browser, demo.url);
    await visitor.press("Close politely");
    await visitor.seesState("CLOSED");
    await visitor.reads(/CLOSING.*CLOSED.*1000, a polite goodbye/);
    await visitor.press("Connect again");
    await visitor.reads(/CLOSED.*OPEN.*Session opened/);
    await visitor.press("Say hello");
    await visitor.log.locator(".heard", { hasText: hello }).nth(1).waitFor();
    expect(await visitor.checkedLedger()).toEqual({ up: whole(2), down: whole(2) });
    expect(visitor.complaints).toEqual([]);
  });

  test("keeps the ledger of a burst whole over a storm of cuts", async () => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(browser, demo.url);
    let dials = 1;
    visitor.page.on("websocket", () => dials++);
    await visitor.press("Burst");
    await visitor.press("Storm");
    await visitor.sees("It is stormy now.");
    await visitor.sees("It is fine now.");
    await visitor.seesState("OPEN");
    await visitor.reads(/200 said, 200 came back/);
    expect(await visitor.checkedLedger()).toEqual({ up: whole(201), down: whole(201) });
    // How many of them opened before the next cut is up to the machine.
    expect(dials).toBeGreaterThan(2);
    expect((await visitor.counts()).links).toBeGreaterThan(1);
    // A cut may meet a dial, and then the browser says so.
    const others = visitor.complaints.filter((words) => !/^WebSocket connection to .* failed/.test(words));
    expect(others).toEqual([]);
  });

  test("asks for another credential when the sign-in has ended, and goes on with the session", async ({
    expect,
  }) => {
    await using demo = await startQuietly({ tokenLifeMs: 3_000 });
    await using visitor = await Visitor.inLaboratory(browser, demo.url);
    const session = await visitor.session();
    await visitor.page.getByLabel("The same over a plain").check();
    await visitor.page.getByLabel("Say 10 things a second").check();
    await visitor.hasSaid(/^[5-9]\d$/);
    // Renewed more than once by now, and nobody noticed.
    expect(await visitor.counts()).toEqual({ links: 1, resumed: 0, lost: 0 });
    await visitor.press("End my sign-in");
    await visitor.sees(/Your sign-in has ended/);
    // Two seconds in which nobody is signed in.
    const { sent } = await visitor.row("up");
    await expect
      .poll(async () => (await visitor.row("up")).sent, { timeout: 10_000 })
      .toBeGreaterThan(sent + 20);
    const answered = Number(await visitor.page.locator("#plain-up-received").textContent());
    await visitor.signIn("Ada");
    await visitor.seesState("OPEN");
    // Who looks after the plain socket stopped asking when nobody was signed in, and asks again.
    const counted = visitor.page.locator("#plain-up-received");
    await expect
      .poll(async () => Number(await counted.textContent()), { timeout: 10_000 })
      .toBeGreaterThan(answered);
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
    await using visitor = await Visitor.inLaboratory(browser, demo.url);
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

  test("shows what is lost without a session, beside one that loses nothing", async () => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(browser, demo.url);
    await visitor.page.getByLabel("The same over a plain").check();
    await visitor.page.getByLabel("Say 10 things a second").check();
    await visitor.page.locator("#plain-up-received", { hasText: /^[1-9]/ }).waitFor();
    await visitor.press("Black-hole it");
    await visitor.seesState("CONNECTING");
    // The home-made socket goes on talking into the hole; then somebody resets its link.
    await visitor.press("Cut the link");
    await visitor.press("Heal");
    await visitor.sees(/[1-9]\d* (are|is) gone, and nobody was told/);
    await visitor.seesState("OPEN");
    await visitor.page.getByLabel("Say 10 things a second").uncheck();
    const { up, down } = await visitor.checkedLedger();
    expect([up, down]).toEqual([whole(up.sent), whole(up.sent)]);
  });

  test("says that a socket without a session knows nothing of a server that is lost", async () => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(browser, demo.url);
    await visitor.page.getByLabel("The same over a plain").check();
    await visitor.page.getByLabel("Say 10 things a second").check();
    await visitor.page.locator("#plain-up-received", { hasText: /^[1-9]/ }).waitFor();
    await visitor.press("Lose the server");
    await visitor.sees(
      /^[1-9]\d* have no answer: on their way or gone, and this socket cannot tell\. It believes its link is open\.$/,
    );
    await visitor.page.locator("#plain-up-received[data-behind]").waitFor();
    expect(await visitor.page.locator("#plain-up-lost").textContent()).toBe("0");
  });

  test("draws what happens, and gives it as a file", async ({ expect }) => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(browser, demo.url);
    await visitor.reads(/came back after/);
    await visitor.press("Cut the link");
    await visitor.reads(/Session resumed/);
    await visitor.sees("Both ends have counted: it is whole.");
    // An ack is a dot.
    const least = { "--open": 50, "--connecting": 50, "--sea": 50, "--ack": 5 };
    for (const [lane, pixels] of Object.entries(least)) {
      await expect.poll(() => drawn(visitor, lane), { timeout: 5_000 }).toBeGreaterThan(pixels);
    }
    const downloading = visitor.page.waitForEvent("download");
    await visitor.press("Download the log");
    const records = JSON.parse(await text(await (await downloading).createReadStream())) as {
      kind: string;
    }[];
    const kinds = new Set(records.map(({ kind }) => kind));
    const expected = ["ack", "fault", "frame", "link", "outbox", "retry", "session", "state"];
    expect([...kinds].filter((kind) => kind !== "heartbeat").toSorted()).toEqual(expected);
    expect(records).toContainEqual(
      expect.objectContaining({ kind: "retry", attempt: 2, delayMs: expect.any(Number) }),
    );
  });
});
