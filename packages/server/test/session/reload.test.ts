import { describe, expect, it } from "vitest";
import { createBareHost } from "./bare-host.ts";
import { Desk } from "./desk.ts";
import { fate } from "./world.ts";

describe("a page that goes on with another one's session", () => {
  it.each(["before it was written", "after it was written, to a server that never got it"])(
    "leaves no stream open that the other one asked for %s",
    async (when) => {
      const host = createBareHost();
      const { clock, network } = host;
      const desk = new Desk();
      let page = desk.page();
      let client = host.page(page);
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
        page.leave();
        network.cut();
        page = desk.page();
        client = host.page(page);
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
    const client = host.page(new Desk(text).page());
    await host.clock.advanceAsync(100);
    expect(client.state.name).toBe("OPEN");
  });
});

describe("a page that comes back", () => {
  it("goes on if nobody took its session meanwhile", async () => {
    const { clock, network, got, page } = createBareHost();
    const store = new Desk().page();
    const client = page(store);
    await clock.advanceAsync(50);
    const { id } = client.session;
    network.cut();
    const said = fate(client.emit("say", 1));
    store.leave();
    store.comeBack();
    await clock.advanceAsync(1_000);
    expect([client.session.id, said.now, got]).toEqual([id, "done", [1]]);
  });

  it.each(["is there", "has gone again"])(
    "says nothing twice that the page which took its session has said, and begins anew: that page %s",
    async (where) => {
      const { clock, network, got, page } = createBareHost();
      const desk = new Desk();
      const [first, second] = [desk.page(), desk.page()];
      // Frozen: it would come back in an hour by itself.
      const one = page(first, 3_600_000);
      await clock.advanceAsync(50);
      const { id } = one.session;
      network.cut();
      const said = fate(one.emit("say", 1));
      await clock.advanceAsync(50);
      first.leave();
      const two = page(second);
      await clock.advanceAsync(1_000);
      expect([two.session.id, got]).toEqual([id, [1]]);
      if (where === "has gone again") second.leave();
      first.comeBack();
      await clock.advanceAsync(1_000);
      expect(said.now).toMatchObject({ code: "REPLACED" });
      void one.emit("say", 2);
      await clock.advanceAsync(1_000);
      expect(one.session.id).not.toBe(id);
      expect(got).toEqual([1, 2]);
      // What the other page left is there for the next one.
      expect(desk.text !== null).toBe(where === "has gone again");
    },
  );
});

describe("a client that is closed before it went on with what the page before left", () => {
  it("leaves it for the next one, as in React's strict mode", async () => {
    const { clock, network, got, page } = createBareHost();
    const desk = new Desk();
    const before = desk.page();
    const client = page(before, 3_600_000);
    await clock.advanceAsync(50);
    const { id } = client.session;
    network.cut();
    void client.emit("say", 1);
    await clock.advanceAsync(50);
    before.leave();
    void page(desk.page()).close();
    const next = page(desk.page());
    await clock.advanceAsync(1_000);
    expect([next.session.id, got]).toEqual([id, [1]]);
    // And one that went on with it ends it.
    await Promise.all([next.close(), clock.advanceAsync(1_000)]);
    expect(desk.text).toBeNull();
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
