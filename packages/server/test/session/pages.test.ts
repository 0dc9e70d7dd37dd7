import { createAnyClient, type SessionStore } from "@holdfast/core";
import { expect, it } from "vitest";
import { createBareHost } from "./bare-host.ts";
import { Desk } from "./desk.ts";
import { contract, fate, onlySession } from "./world.ts";

/** A page has left something unsaid, and the next one has found it: its hello is at the server, its welcome on the way. */
async function createGreeted() {
  const host = createBareHost();
  const { clock, network, page } = host;
  const desk = new Desk();
  const first = desk.page();
  const one = page(first, 3_600_000);
  await clock.advanceAsync(50);
  network.cut();
  void one.emit("say", 1);
  await clock.advanceAsync(50);
  first.leave();
  network.latencyMs = 20;
  const two = page(desk.page(), 3_600_000);
  await clock.advanceAsync(45);
  return { ...host, desk, two };
}

it("a client that was closed before its welcome leaves what it found, and the next page can use it", async () => {
  const { clock, network, got, page, desk, two } = await createGreeted();
  network.cut();
  await clock.advanceAsync(5);
  await Promise.all([two.close(), clock.advanceAsync(5_000)]);
  network.latencyMs = 1;
  const three = page(desk.page());
  await clock.advanceAsync(1_000);
  expect([three.state.name, got]).toEqual(["OPEN", [1]]);
});

it.each(["before", "after"])(
  "what a client found is said once if it is closed before its welcome and goes on, %s the next page opens",
  async (when) => {
    const { clock, got, page, desk, two } = await createGreeted();
    void two.close();
    if (when === "after") page(desk.page());
    two.reconnect();
    await clock.advanceAsync(1_000);
    page(desk.page());
    await clock.advanceAsync(1_000);
    expect([two.state.name, got]).toEqual(["OPEN", [1]]);
  },
);

it("a page that came back, was refused its session and is closed does not leave it again", async () => {
  const { clock, network, got, page } = createBareHost();
  const desk = new Desk();
  const [first, second] = [desk.page(), desk.page()];
  const one = page(first, 3_600_000);
  await clock.advanceAsync(50);
  network.cut();
  await clock.advanceAsync(10);
  one.emit("say", 1).catch(() => {});
  await clock.advanceAsync(50);
  first.leave();
  void page(second);
  await clock.advanceAsync(1_000);
  expect(got).toEqual([1]);
  second.leave();
  desk.text = null; // gone
  network.refuse();
  first.comeBack();
  await clock.advanceAsync(10);
  await Promise.all([one.close(), clock.advanceAsync(5_000)]);
  network.cut();
  await clock.advanceAsync(130_000);
  network.heal();
  page(desk.page());
  await clock.advanceAsync(1_000);
  expect(got).toEqual([1]);
});

it("a page that dials while it goes leaves the attempt", async () => {
  const { clock, network, got, page } = createBareHost();
  const desk = new Desk();
  const store = desk.page();
  const one = page(store, 100);
  await clock.advanceAsync(50);
  network.cut();
  void one.emit("say", 1);
  await clock.advanceAsync(50);
  network.latencyMs = 20;
  store.hide();
  // Its hello is written now, its welcome on the way.
  await clock.advanceAsync(100);
  store.freeze();
  network.cut();
  const two = page(desk.page());
  await clock.advanceAsync(1_000);
  expect([two.state.name, got]).toEqual(["OPEN", [1]]);
});

it("a page that comes back while it closes stays closed", async () => {
  const { clock, network, page } = createBareHost();
  const desk = new Desk();
  const [first, second] = [desk.page(), desk.page()];
  const one = page(first, 3_600_000);
  await clock.advanceAsync(50);
  network.blackhole();
  void one.close(); // nobody answers
  await clock.advanceAsync(10);
  first.leave();
  network.heal();
  page(second);
  await clock.advanceAsync(1_000);
  second.leave();
  first.comeBack();
  await clock.advanceAsync(10_000);
  expect(one.state.name).toBe("CLOSED");
});

it("a page that was closed and goes before the server has answered leaves nothing", async () => {
  const { clock, page } = createBareHost();
  const desk = new Desk();
  const store = desk.page();
  const one = page(store);
  await clock.advanceAsync(50);
  void one.close(); // log out,
  await clock.advanceAsync(0);
  store.leave(); // and off to another page
  expect(desk.text).toBeNull();
});

it("what the server asked the old page is not asked of the new one, or it hears that nobody waits", async () => {
  const host = createBareHost();
  const { clock, network, server } = host;
  const desk = new Desk();
  let running = 0;
  const open = (store: SessionStore, ms: number) =>
    createAnyClient(
      {
        transport: network,
        clock,
        surroundings: { watch: () => () => {} },
        hasPing: false,
        base: () => undefined,
        store,
      },
      contract,
      {
        url: "ws://server.test/",
        log: "off",
        storage: "session",
        backoff: { initialMs: ms, maxMs: ms, jitter: "none" },
        handlers: {
          async ask(_n: never, { signal }: { signal: AbortSignal }) {
            running++;
            await new Promise((resolve) => signal.addEventListener("abort", resolve));
            running--;
          },
          async *log() {
            running++;
            try {
              for (;;) yield "line";
            } finally {
              running--;
            }
          },
        },
      },
    );
  let store = desk.page();
  open(store, 3_600_000);
  await clock.advanceAsync(50);
  const asked: { now: unknown }[] = [];
  for (let reload = 0; reload < 3; reload++) {
    network.cut();
    await clock.advanceAsync(50);
    const session = onlySession(server.sessions);
    asked.push(fate(session.call("ask", 1, { timeoutMs: 1_000_000 })));
    asked.push(fate(session.stream("log").next()));
    await clock.advanceAsync(10);
    store.leave();
    store = desk.page();
    open(store, 3_600_000);
    await clock.advanceAsync(1_000);
  }
  expect(asked.map(({ now }) => (now as { code: string }).code)).toEqual(Array(6).fill("SESSION_LOST"));
  await clock.advanceAsync(10_000);
  expect(running).toBe(0);
});

it("nothing overtakes what arrived while a page goes", async () => {
  const { clock, server, page } = createBareHost();
  const store = new Desk().page();
  const client = page(store);
  const heard: string[] = [];
  client.on("news", () => heard.push("news"));
  client.on("blink", () => heard.push("blink"));
  await clock.advanceAsync(50);
  store.hide();
  void server.emit("news", 1);
  void server.emit("blink", 2);
  await clock.advanceAsync(50);
  store.comeBack();
  await clock.advanceAsync(50);
  expect(heard).not.toEqual(["blink", "news"]);
});
