import { expect, it } from "vitest";
import { expectEcho, type Stage } from "./stage.ts";

/** How links open, and how they fail to. */
export function openingRules(stage: () => Stage): void {
  it("tells nothing inside dial, then opened", async () => {
    const link = stage().dial();
    expect(link.told).toEqual([]);
    await link.untilOpened();
    expect(link.story).toEqual([{ type: "opened" }]);
  });

  it("tells opened once, whatever follows", async () => {
    const link = await stage().open();
    await expectEcho(link, "more");
    await stage().fence();
    expect(link.story.filter(({ type }) => type === "opened")).toHaveLength(1);
  });

  it("can send from inside opened", async () => {
    const link = stage().dial({}, ({ type }, { link: ours }) => {
      if (type === "opened") ours.send("at once");
    });
    expect(await link.nextMessage()).toBe("at once");
  });

  it("opens with subprotocols", async () => {
    const link = stage().dial({ protocols: ["holdfast.test.v2", "holdfast.test.v1"] });
    await link.untilOpened();
    await expectEcho(link, "agreed");
  });

  it("tells of a refused dial with one unclean close, and never that it opened", async () => {
    const link = stage().dial({ url: stage().setup.refusedUrl() });
    const close = await link.untilClosed();
    expect(close.wasClean).toBe(false);
    expect(close.code).not.toBe(1000);
    await stage().fence();
    expect(link.story).toEqual([{ type: "closed", close }]);
  });

  it.for([
    ["a subprotocol with a space", { protocols: ["a b"] }],
    ["a subprotocol offered twice", { protocols: ["a", "a"] }],
    ["a host that is none", { url: "ws://[" }],
    ["a port that is none", { url: "ws://127.0.0.1:99999/" }],
    ["a scheme that is none", { url: "holdfast://127.0.0.1/" }],
  ] as const)("throws from dial, or closes, for %s", async ([, request]) => {
    const link = dialOrThrow(() => stage().dial(request));
    if (link) await link.untilClosed();
    await stage().fence();
    expect(link?.story ?? []).not.toContainEqual({ type: "opened" });
  });

  it("keeps many links apart", async () => {
    // Chromium makes a page with many more dials at a time wait for seconds.
    const links = await Promise.all(Array.from({ length: 8 }, () => stage().open()));
    links[3]?.terminate();
    links[4]?.link.close(1000, "");
    await links[4]?.untilClosed();
    const rest = links.toSpliced(3, 2);
    for (const [index, { link }] of rest.entries()) link.send(`for ${index}`);
    const answers = await Promise.all(rest.map((link) => link.nextMessage()));
    expect(answers).toEqual(rest.map((_, index) => `for ${index}`));
  });
}

function dialOrThrow<T>(dial: () => T): T | undefined {
  try {
    return dial();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return undefined;
  }
}
