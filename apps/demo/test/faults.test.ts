import { expect, test } from "vitest";
import { inChromium } from "./in-chromium.ts";
import { startQuietly } from "./quiet-demo.ts";
import { Visitor, whole } from "./visitor.ts";

/** What lasts is cut once, and then healed. */
async function cut(visitor: Visitor): Promise<void> {
  await visitor.press("Cut the link");
  await visitor.seesState("CONNECTING");
  await visitor.press("Heal");
}

inChromium("the ledger of the laboratory", (there) => {
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
    await using visitor = await Visitor.inLaboratory(there.browser, demo.url);
    expect(await visitor.pressAmidBurst(fault)).toBeLessThan(201);
    await recover(visitor);
    await visitor.reads(/Session resumed/);
    await visitor.hasSaid(/^201$/);
    expect(await visitor.checkedLedger()).toEqual({ up: whole(201), down: whole(201) });
    await visitor.reads(/200 said, 200 came back/);
    expect(await visitor.counts()).toEqual({ links: 2, resumed: 1, lost: 0 });
    expect(visitor.complaints).toEqual([]);
  });

  test("finds a black hole, and what was said meanwhile arrives once when it is healed", async () => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(there.browser, demo.url);
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
    await using visitor = await Visitor.inLaboratory(there.browser, demo.url);
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
    await using visitor = await Visitor.inLaboratory(there.browser, demo.url);
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

  // By itself: where others keep the machine busy, a cut meets a dial, and no link opens before the next one.
  test("keeps the ledger of a burst whole over a storm of cuts", { concurrent: false }, async () => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(there.browser, demo.url);
    await visitor.press("Burst");
    await visitor.press("Storm");
    await visitor.sees("It is stormy now.");
    await visitor.sees("It is fine now.");
    await visitor.seesState("OPEN");
    await visitor.reads(/200 said, 200 came back/);
    expect(await visitor.checkedLedger()).toEqual({ up: whole(201), down: whole(201) });
    expect((await visitor.counts()).links).toBeGreaterThan(2);
    // A cut may meet a dial, and no page can keep the browser from telling.
    expect(
      visitor.complaints.filter(
        (words) => !/^WebSocket connection to .* net::ERR_CONNECTION_RESET$/.test(words),
      ),
    ).toEqual([]);
  });
});
