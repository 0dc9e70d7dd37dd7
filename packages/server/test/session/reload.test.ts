import type { SessionStore } from "@holdfast/core";
import { describe, expect, it } from "vitest";
import { createBareHost } from "./bare-host.ts";

/** Where one page leaves what the next one finds. */
class Desk implements SessionStore {
  #text: string | undefined;
  #leave: ((what: "leaving" | "back") => void) | undefined;

  constructor(text?: string) {
    this.#text = text;
  }

  take(): string | undefined {
    const found = this.#text;
    this.#text = undefined;
    return found;
  }

  put(text: string): void {
    this.#text = text;
  }

  watch(listener: (what: "leaving" | "back") => void): () => void {
    this.#leave = listener;
    return () => {};
  }

  /** The page that is open goes, and hears nothing more. */
  leave(): void {
    this.#leave?.("leaving");
    this.#leave = undefined;
  }
}

describe("a page that goes on with another one's session", () => {
  it.each(["before it was written", "after it was written, to a server that never got it"])(
    "leaves no stream open that the other one asked for %s",
    async (when) => {
      const host = createBareHost();
      const { clock, network } = host;
      const desk = new Desk();
      let client = host.page(desk);
      await clock.advanceAsync(50);
      const { id } = client.session;
      for (let reload = 0; reload < 3; reload++) {
        if (when.startsWith("before")) network.cut();
        else network.halfOpen();
        client
          .stream("ticks")
          .next()
          .catch(() => {});
        await clock.advanceAsync(10);
        desk.leave();
        network.cut();
        client = host.page(desk);
        await clock.advanceAsync(5_000);
        expect([client.session.id, client.state.name]).toEqual([id, "OPEN"]);
      }
      expect(host.ticking).toBe(0);
    },
  );

  it.each([
    "no JSON",
    "5",
    '{"stored":{}}',
    '{"stored":{"key":{"id":"a","token":"b"},"attempt":1}}',
    '{"stored":{"key":{"id":"a","token":"b"},"attempt":1,"remains":{}}}',
  ])("begins anew when nobody can read what was left: %s", async (text) => {
    const host = createBareHost();
    const client = host.page(new Desk(text));
    await host.clock.advanceAsync(100);
    expect(client.state.name).toBe("OPEN");
  });
});

describe("drain()", () => {
  it("writes what was said before it says goodbye, to everybody", async () => {
    const { clock, network, server, page } = createBareHost(5);
    let heard = 0;
    for (let n = 0; n < 100; n++) page().on("news", () => heard++);
    await clock.advanceAsync(100);
    void server.emit("news", 1);
    void server.drain({ withinMs: 0 });
    network.refuse();
    await clock.advanceAsync(100);
    expect(heard).toBe(100);
  });
});
