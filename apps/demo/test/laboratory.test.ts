import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { heartbeat } from "../src/shared/patience.ts";
import { inChromium } from "./in-chromium.ts";
import { startQuietly } from "./quiet-demo.ts";
import { Visitor, whole } from "./visitor.ts";

const hello = "Hello from my first live web socket!";

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

inChromium("the laboratory", (there) => {
  test("says hello, and the ledger is whole", async () => {
    await using demo = await startQuietly();
    await using visitor = await Visitor.inLaboratory(there.browser, demo.url);
    await visitor.reads(/Hello from my first live web socket!.*came back after [\d,]+ ms/);
    expect(await visitor.echoes(hello)).toBe(1);
    expect(await visitor.checkedLedger()).toEqual({ up: whole(1), down: whole(1) });
    expect(await visitor.counts()).toEqual({ links: 1, resumed: 0, lost: 0 });
    expect(visitor.complaints).toEqual([]);
  });

  test("shows what is lost without a session, beside one that loses nothing", async () => {
    await using demo = await startQuietly({ heartbeat });
    await using visitor = await Visitor.inLaboratory(there.browser, demo.url);
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
    await using demo = await startQuietly({ heartbeat });
    await using visitor = await Visitor.inLaboratory(there.browser, demo.url);
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
    await using visitor = await Visitor.inLaboratory(there.browser, demo.url);
    await visitor.reads(/came back after/);
    await visitor.press("Cut the link");
    await visitor.reads(/Session resumed/);
    await visitor.sees("Both ends have counted: it is whole.");
    // An ack is a dot.
    const least = { "--open": 50, "--connecting": 50, "--sea": 50, "--ack": 5 };
    for (const [lane, pixels] of Object.entries(least)) {
      await expect.poll(() => drawn(visitor, lane)).toBeGreaterThan(pixels);
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
