import { expect, it } from "vitest";
import { expectEcho, type Stage } from "./stage.ts";

/** How links end with a word. */
export function closingRules(stage: () => Stage): void {
  it.for([
    [1000, ""],
    [1011, "broken"],
    [4001, "go away, señor"],
  ] as const)("tells the peer's close: %i %s", async ([code, reason]) => {
    const link = await stage().open();
    link.link.send(`close:${code}:${reason}`);
    expect(await link.untilClosed()).toMatchObject({ code, reason, wasClean: true });
    await stage().fence();
    expect(link.story.map(({ type }) => type)).toEqual(["opened", "closed"]);
  });

  it("tells a socket that was dropped with one unclean 1006", async () => {
    const link = await stage().open();
    link.link.send("cut");
    expect(await link.untilClosed()).toMatchObject({ code: 1006, wasClean: false });
    await stage().fence();
    expect(link.story.map(({ type }) => type)).toEqual(["opened", "closed"]);
  });

  it.for([
    [1000, ""],
    [4002, "done"],
  ] as const)("completes our closing handshake: %i %s", async ([code, reason]) => {
    const link = await stage().open();
    link.link.close(code, reason);
    expect(await link.untilClosed()).toMatchObject({ code, reason, wasClean: true });
    await stage().fence();
    expect(link.story.map(({ type }) => type)).toEqual(["opened", "closed"]);
  });

  it("ends once, and clean, when both ends close at the same time", async () => {
    const link = await stage().open();
    link.link.send("close:4003:theirs");
    link.link.close(4004, "ours");
    expect(await link.untilClosed()).toMatchObject({ wasClean: true });
    await stage().fence();
    expect(link.story.map(({ type }) => type)).toEqual(["opened", "closed"]);
  });

  it("does not throw when something is sent while it closes", async () => {
    const link = await stage().open();
    link.link.close(4002, "done");
    link.link.send("too late");
    link.link.send(new Uint8Array(8));
    expect(await link.untilClosed()).toMatchObject({ code: 4002, wasClean: true });
    expect(link.story.map(({ type }) => type)).toEqual(["opened", "closed"]);
  });

  it("tells while it takes what is sent: from its opening until somebody closes it", async () => {
    const dialled = stage().dial();
    expect(dialled.link.isWritable).toBe(false);
    await dialled.untilOpened();
    expect(dialled.link.isWritable).toBe(true);
    dialled.link.close(4002, "done");
    expect(dialled.link.isWritable).toBe(false);
    const link = await stage().open();
    link.link.send("close:4003:theirs");
    await link.untilClosed();
    expect(link.link.isWritable).toBe(false);
  });

  it("ends once when closed while it connects", async () => {
    const link = stage().dial();
    link.link.close(1000, "never mind");
    await link.untilClosed();
    await stage().fence();
    expect(link.story.filter(({ type }) => type === "closed")).toHaveLength(1);
  });

  it("ends once when closed while a dial is being refused", async () => {
    const link = stage().dial({ url: stage().setup.refusedUrl() });
    link.link.close(1000, "never mind");
    await link.untilClosed();
    await stage().fence();
    expect(link.story.map(({ type }) => type)).toEqual(["closed"]);
  });

  it("can dial anew from inside closed", async () => {
    let again: ReturnType<Stage["dial"]> | undefined;
    const link = await stage().open(({ type }) => {
      if (type === "closed") again = stage().dial();
    });
    link.link.send("cut");
    await link.untilClosed();
    await again?.untilOpened();
    if (again) await expectEcho(again, "back");
    expect(again).toBeDefined();
  });
}
