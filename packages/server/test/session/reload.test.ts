import { describe, expect, it } from "vitest";
import { createBareHost } from "./bare-host.ts";
import { Desk } from "./desk.ts";
import { fate, onlySession } from "./world.ts";

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

  it("has the handlers of the other one's calls end, and what the server asked that one fails, in doubt where it was written", async () => {
    const signals: AbortSignal[] = [];
    const { clock, network, server, page } = createBareHost(0, {
      echo: (_, { signal }) => {
        signals.push(signal);
        return new Promise(() => {});
      },
    });
    const desk = new Desk();
    const first = desk.page();
    page(first, 3_600_000)
      .call("echo", "hi")
      .catch(() => {});
    await clock.advanceAsync(50);
    const session = onlySession(server.sessions);
    // Frozen: it is asked, and answers nothing.
    first.leave();
    const written = fate(session.call("locate"));
    await clock.advanceAsync(50);
    network.cut();
    await clock.advanceAsync(50);
    const unwritten = fate(session.call("locate"));
    page(desk.page());
    await clock.advanceAsync(1_000);
    expect(written.now).toMatchObject({ code: "SESSION_LOST", inDoubt: true });
    expect(unwritten.now).toMatchObject({ code: "SESSION_LOST", inDoubt: false });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    void page(undefined).call("echo", "hi");
    await clock.advanceAsync(50);
    for (const one of server.sessions) one.close();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it.each([
    "no JSON",
    "5",
    '{"stored":{}}',
    '{"stored":{"key":{"id":"a","token":"b"},"attempt":1}}',
    '{"stored":{"key":{"id":"a","token":"b"},"attempt":1,"remains":{}}}',
    '{"stored":{"key":{"id":"a","token":"b"},"attempt":1,"remains":{"position":0,"acked":0,"kept":{}}}}',
    '{"stored":{"attempt":1,"remains":{"position":0,"acked":0,"kept":[]}}}',
  ])("begins anew when nobody can read what was left: %s", async (text) => {
    const host = createBareHost();
    const client = host.page(new Desk(text).page());
    await host.clock.advanceAsync(100);
    expect(client.state.name).toBe("OPEN");
  });
});

describe("a page that goes", () => {
  it("tells what it was handed, before it is gone", async () => {
    const { clock, server, page } = createBareHost();
    const store = new Desk().page();
    const client = page(store);
    await clock.advanceAsync(50);
    const session = onlySession(server.sessions);
    const heard = client.once("news");
    void session.emit("news", 1);
    await clock.advanceAsync(5);
    expect([await heard, session.bufferedBytes > 0]).toEqual([1, true]);
    store.leave();
    await clock.advanceAsync(5);
    expect(session.bufferedBytes).toBe(0);
  });

  it("writes nothing more, and leaves what is said then to the next one", async () => {
    const { clock, network, got, page } = createBareHost();
    const desk = new Desk();
    const store = desk.page();
    const client = page(store);
    await clock.advanceAsync(50);
    store.hide();
    void client.emit("say", 1);
    await clock.advanceAsync(50);
    expect(got).toEqual([]);
    store.freeze();
    network.cut();
    page(desk.page());
    await clock.advanceAsync(1_000);
    expect(got).toEqual([1]);
  });

  it("leaves nothing if its client is closed then, and leaves again if that goes on after all", async () => {
    const { clock, page } = createBareHost();
    const desk = new Desk();
    const store = desk.page();
    const client = page(store);
    await clock.advanceAsync(50);
    store.hide();
    expect(desk.text).not.toBe(null);
    await Promise.all([client.close(), clock.advanceAsync(50)]);
    expect(desk.text).toBe(null);
    client.reconnect();
    await clock.advanceAsync(50);
    store.hide();
    expect(desk.text).toContain(client.session.id);
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
