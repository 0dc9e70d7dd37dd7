import { expect, it } from "vitest";
import type { RecordedLink } from "../recorded-link.ts";
import { expectEcho, type Stage } from "./stage.ts";

/** How links end without a word. */
export function terminatingRules(stage: () => Stage): void {
  it("is silent once terminated while it connects", async () => {
    const link = stage().dial();
    await expectSilence(link, stage());
    expect(link.told).toEqual([]);
  });

  it("is silent once terminated while a dial is being refused", async () => {
    const link = stage().dial({ url: stage().setup.refusedUrl() });
    await expectSilence(link, stage());
    expect(link.told).toEqual([]);
  });

  it("is silent once terminated while it is open and answers are on their way", async () => {
    const link = await stage().open();
    for (let count = 0; count < 20; count++) link.link.send(`answer ${count}`);
    await expectSilence(link, stage());
  });

  it("is silent once terminated while our closing handshake is under way", async () => {
    const link = await stage().open();
    link.link.close(1000, "");
    await expectSilence(link, stage());
    expect(link.story).toEqual([{ type: "opened" }]);
  });

  it("is silent once terminated while it connects and was told to close", async () => {
    const link = stage().dial();
    link.link.close(1000, "");
    await expectSilence(link, stage());
    expect(link.told).toEqual([]);
  });

  it("takes terminate after the end", async () => {
    const link = await stage().open();
    link.link.close(1000, "");
    await link.untilClosed();
    await expectSilence(link, stage());
  });

  it("is silent once terminated from inside opened", async () => {
    const link = await stage().open(({ type }, self) => {
      if (type === "opened") self.terminate();
    });
    await expectSilence(link, stage());
  });

  it("is silent once terminated from inside a message, though more have come with it", async () => {
    const link = await stage().open(({ type }, self) => {
      if (type === "message") self.terminate();
    });
    for (let count = 0; count < 50; count++) link.link.send(`answer ${count}`);
    expect(await link.nextMessage()).toBe("answer 0");
    await expectSilence(link, stage());
    expect(link.story.map(({ type }) => type)).toEqual(["opened", "message"]);
  });

  it("leaves other links alone", async () => {
    const [doomed, other] = await Promise.all([stage().open(), stage().open()]);
    await expectSilence(doomed, stage());
    await expectEcho(other, "unharmed");
  });
}

/** Terminates, twice, and sees that nothing is told after it. */
async function expectSilence(link: RecordedLink, stage: Stage): Promise<void> {
  link.terminate();
  link.terminate();
  await stage.fence();
  expect(link.told.length).toBe(link.toldAtTerminate);
}
