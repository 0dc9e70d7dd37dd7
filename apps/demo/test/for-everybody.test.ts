import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { heartbeat } from "../src/shared/patience.ts";
import { inChromium } from "./in-chromium.ts";
import { startQuietly } from "./quiet-demo.ts";
import { Visitor } from "./visitor.ts";

const views = ["inbox", "compare", "laboratory", "echo"] as const;

/** What a checker of accessibility has to say, each rule with the elements that break it. */
async function violations(page: Page): Promise<readonly string[]> {
  // Whatever moves is looked at when it has come to rest.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish();
  });
  await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(),
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`);
}

inChromium("the page is for everybody", (there) => {
  test.each(["light", "dark"] as const)("axe finds nothing in any view, %s", async (colorScheme) => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(there.browser, demo.url);
    await ada.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await ada.compose(`Something to see, ${colorScheme}`);
    await ada.receives(`Something to see, ${colorScheme}`);
    for (const view of views) {
      await ada.page.goto(`${demo.url}#${view}`);
      await ada.page.locator(`#${view}:not([hidden])`).waitFor();
      expect(await violations(ada.page)).toEqual([]);
    }
  });

  test("axe finds nothing while something is the matter, with everything open and filled", async () => {
    await using demo = await startQuietly({ heartbeat });
    await using ada = await Visitor.open(there.browser, `${demo.url}?seconds=1`);
    await ada.page.emulateMedia({ reducedMotion: "reduce" });
    await ada.compose("Something to open");
    await ada.notice("Something to open").locator("summary").click();
    demo.proxy.blackhole();
    // With the countdown, which is nobody's to hear.
    await ada.sees(/^in \d+ s$/);
    expect(await violations(ada.page)).toEqual([]);
    await ada.go("Laboratory");
    await ada.page.getByLabel("The same over a plain").check();
    await ada.sees("Without a session");
    expect(await violations(ada.page)).toEqual([]);
    demo.proxy.heal();
    await ada.go("Polling or socket");
    await ada.page.locator("#poll-every").fill("1");
    await ada.press("Run for 1 s");
    await ada.sees("Done: both have received everything.");
    expect(await violations(ada.page)).toEqual([]);
  });

  test("axe finds nothing in the form that asks who is there", async () => {
    await using demo = await startQuietly();
    const page = await there.browser.newPage();
    await page.goto(demo.url);
    await page.getByRole("dialog").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  test("everything can be done by keyboard: sign in, write, read, break the network", async () => {
    await using demo = await startQuietly();
    const context = await there.browser.newContext();
    await using ada = new Visitor(context, await context.newPage());
    const { keyboard } = ada.page;
    const focused = (): Promise<string> =>
      ada.page.evaluate(() => document.activeElement?.id || (document.activeElement?.textContent ?? ""));
    /** Presses Tab until that is in focus. */
    const tabTo = async (what: RegExp): Promise<void> => {
      for (let presses = 0; presses < 60; presses++) {
        await keyboard.press("Tab");
        if (what.test(await focused())) return;
      }
      throw new Error(`nobody gets to ${String(what)} by keyboard`);
    };

    await ada.page.goto(demo.url);
    await ada.page.getByRole("dialog").waitFor();
    expect(await focused()).toBe("sign-in-name");
    await keyboard.type("Kay");
    await keyboard.press("Enter");
    await ada.sees("Kay (you)");
    await tabTo(/^compose-subject$/);
    await keyboard.type("Typed");
    await keyboard.press("Enter");
    await ada.receives("Typed");
    await ada.page.reload();
    await ada.receives("Typed");
    await tabTo(/Typed/);
    await keyboard.press("Enter");
    await ada.hasRead("Typed");
    await ada.page.reload();
    await ada.receives("Typed");
    await tabTo(/^Laboratory$/);
    await keyboard.press("Enter");
    await ada.seesState("OPEN");
    expect(await focused()).toBe("laboratory");
    await tabTo(/^Cut the link$/);
    await keyboard.press("Enter");
    await ada.reads(/You cut every link.*Session resumed/);
    expect(ada.complaints).toEqual([]);
  });

  test("who skips to the content gets to that of the view they are in", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(there.browser, demo.url, "Ada", "compare");
    await ada.sees("Polling, with fetch");
    await ada.page.keyboard.press("Tab");
    await ada.page.getByRole("link", { name: "Skip to the content" }).press("Enter");
    expect(await ada.page.evaluate(() => [location.hash, document.activeElement?.id])).toEqual([
      "#compare",
      "compare",
    ]);
    await ada.page.keyboard.press("Tab");
    expect(await ada.page.evaluate(() => document.activeElement?.id)).toBe("poll-every");
    expect(ada.complaints).toEqual([]);
  });

  test("what is the matter stays in sight, and covers nothing that has the focus", async () => {
    await using demo = await startQuietly({ heartbeat });
    await using ada = await Visitor.open(there.browser, demo.url, "Ada", "laboratory");
    await ada.seesState("OPEN");
    await ada.page.setViewportSize({ width: 360, height: 640 });
    demo.proxy.blackhole();
    await ada.sees(/Connection lost/);
    const status = ada.page.locator("#status");
    await ada.page.getByLabel("Say something else").focus();
    expect(await ada.page.evaluate(() => scrollY)).toBeGreaterThan(1_000);
    for (let presses = 0; presses < 19; presses++) {
      await ada.page.keyboard.press("Shift+Tab");
      const [top, covered] = await status.evaluate((box) => {
        const focused = document.activeElement;
        const { top, bottom } = box.getBoundingClientRect();
        const isAbove = (focused?.getBoundingClientRect().top ?? 0) < bottom;
        return [top, isAbove && !box.contains(focused) ? focused?.id : undefined];
      });
      expect(top).toBeGreaterThanOrEqual(0);
      expect(covered).toBeUndefined();
    }
    demo.proxy.heal();
    await status.waitFor({ state: "hidden" });
  });

  test("with forced colours what shows something by its colour still shows it", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(there.browser, demo.url, "Ada", "laboratory");
    await ada.seesState("OPEN");
    await ada.page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
    const canvas = await ada.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    for (const [selector, part] of [
      [".lamp", undefined],
      ["[data-key=ack]", "::before"],
      ["progress", "::-webkit-progress-value"],
    ] as const) {
      const { fill, border } = await ada.page.locator(selector).evaluate((shown, pseudo) => {
        const { backgroundColor } = getComputedStyle(shown, pseudo);
        return { fill: backgroundColor, border: getComputedStyle(shown, pseudo).borderTopWidth };
      }, part);
      expect([selector, fill]).not.toEqual([selector, canvas]);
      if (selector !== "progress") expect(border).toBe("1px");
    }
  });

  test("on a phone the heads of the ledger stand beside each other", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(there.browser, demo.url, "Ada", "laboratory");
    await ada.page.setViewportSize({ width: 360, height: 740 });
    await ada.page.getByLabel("The same over a plain").check();
    for (const table of await ada.page.locator(".ledger table").all()) {
      const heads = await table
        .locator("thead th > span:not(.unseen)")
        .evaluateAll((spans) => spans.map((span) => span.getBoundingClientRect().toJSON() as DOMRect));
      heads.slice(1).forEach(({ left }, n) => expect(left).toBeGreaterThan((heads[n]?.right ?? 0) + 4));
    }
  });

  test.each([360, 700, 1_280])("at a width of %d what is said of the ledger moves nothing", async (width) => {
    await using demo = await startQuietly();
    await using ada = await Visitor.inLaboratory(there.browser, demo.url);
    await ada.page.setViewportSize({ width, height: 740 });
    const tops = await ada.page.locator("#ledger-words").evaluate((words) =>
      [
        "Everything has arrived.",
        "400 on their way, or kept until they arrive.",
        "400 failed with a lost or closed session, and the sender was told.",
      ].map((text) => {
        words.textContent = text;
        return document.querySelector("#burst")?.getBoundingClientRect().top;
      }),
    );
    expect(new Set(tops).size).toBe(1);
  });

  test("on a phone nothing is wider than the screen", async () => {
    await using demo = await startQuietly();
    await using ada = await Visitor.open(there.browser, demo.url);
    await using wide = await Visitor.open(there.browser, demo.url, "W".repeat(32));
    await wide.compose(`W${"W".repeat(150)}`);
    await ada.receives("WWWW");
    await ada.sees("WWWW");
    await ada.page.setViewportSize({ width: 360, height: 740 });
    for (const view of views) {
      await ada.page.goto(`${demo.url}#${view}`);
      await ada.page.locator(`#${view}:not([hidden])`).waitFor();
      const width = await ada.page.evaluate(() => document.documentElement.scrollWidth);
      expect([view, width]).toEqual([view, 360]);
    }
  });
});
