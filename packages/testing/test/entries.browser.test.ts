import { defineContract, event } from "@holdfast/core";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { checkContract, scriptedTransport, seededRandom, virtualClock } from "../src/index.ts";

describe("the main entry, in a page", () => {
  it("lets promises settle between callbacks", async () => {
    const clock = virtualClock();
    const transport = scriptedTransport({ clock, auto: true });
    const story: string[] = [];
    transport.dial(
      { url: "ws://peer.test/", protocols: [] },
      {
        opened: () => void Promise.resolve().then(() => story.push("opened, then settled")),
        message: () => {},
        heard: () => {},
        closed: () => {},
      },
    );
    await clock.settle();
    expect(story).toEqual(["opened, then settled"]);
    expect(clock.pending).toBe(0);
  });

  it("rolls what it rolls in Node", () => {
    expect(seededRandom(1).next().toFixed(6)).toBe("0.627074");
  });

  it("checks contracts", () => {
    const contract = defineContract({ fromServer: { tick: event(z.object({ at: z.date() })) } });
    expect(checkContract(contract)).toMatchObject([{ entry: "fromServer.tick.payload", path: "at" }]);
  });
});
