import { describe, expect, inject, it, onTestFinished } from "vitest";
import type {} from "../../../scripts/session-server.ts";
import { runTrial, trial, type TrialContract } from "../../server/test/trial/trial.ts";
import { type Client, type ClientOptions, createClient } from "../src/index.ts";

const urls = inject("sessionUrls");
const { fine = "", ...faulty } = urls;

/** A client that ends with its test. */
function open(options: Partial<ClientOptions<TrialContract>> = {}): Client<TrialContract> {
  const client = createClient(trial, {
    url: fine,
    backoff: { initialMs: 10, maxMs: 100 },
    // A dial that a fault swallows is given up as soon as a link is.
    dialTimeoutMs: 1_500,
    log: "off",
    ...options,
  });
  onTestFinished(() => client.close());
  return client;
}

describe("a session of a page", () => {
  it("echoes, and brings a stream", async () => {
    const client = open();
    expect(await client.call("echo", 7)).toBe(7);
    const items: number[] = [];
    for await (const item of client.stream("count", 100)) items.push(item);
    expect(items).toHaveLength(100);
  });

  it.each(Object.entries(faulty))(
    "loses, doubles and reorders nothing of 2,000 messages each way under %s",
    async (_, url) => {
      const outcome = await runTrial(open({ url }), 2_000);
      const whole = { received: 2_000, lost: 0, doubled: 0, reordered: 0 };
      expect(outcome).toMatchObject({ said: whole, items: whole, answers: 40, losses: 0 });
      expect(outcome.resumes).toBeGreaterThan(0);
    },
  );

  it.each(["", "mute"])(
    "that dials a server of something else at /%s ends with PROTOCOL, and does not come back",
    async (path) => {
      const client = open({ url: inject("echoUrl") + path, backoff: { maxAttempts: 2 } });
      const { cause } = await client.session.once("closed");
      expect(cause?.code).toBe("PROTOCOL");
    },
  );
});

describe("storage: session", () => {
  const stored = (): string[] => Object.keys(sessionStorage).filter((key) => key.startsWith("holdfast:"));
  const leave = (): boolean => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: false }));

  it("keeps nothing while the page is there, and goes on with the session in the next one", async () => {
    const old = open({ storage: "session" });
    await old.emit("say", 1);
    const { id } = old.session;
    expect(stored()).toEqual([]);
    leave();
    expect(stored()).toHaveLength(1);
    const next = open({ storage: "session" });
    // Taken, so that a duplicated tab finds none.
    expect(stored()).toEqual([]);
    expect(await next.session.once("resumed")).toEqual({ id });
    expect(await next.call("echo", 2)).toBe(2);
    // The page before has been replaced, as a page that is gone.
    await expect.poll(() => old.state.name).toBe("CLOSED");
  });

  it("carries over what was sent and not yet received", async () => {
    const old = open({ storage: "session" });
    await old.opened();
    for (let n = 1; n <= 50; n++) void old.emit("say", n);
    leave();
    const next = open({ storage: "session" });
    const said: number[] = [];
    next.on("said", (n) => said.push(n));
    await next.session.once("resumed");
    await next.once("said", (n) => n === 50);
    // Some of the answers may have gone to the page before; none comes twice, and none out of order.
    expect(said).toEqual(said.toSorted((a, b) => a - b));
    expect(new Set(said).size).toBe(said.length);
  });

  it("keeps it under a name that the next build of the page knows, also when the URL is a function", async () => {
    const old = open({ storage: "session", url: () => fine });
    await old.opened();
    leave();
    expect(stored()).toEqual(["holdfast:say,echo,count,said,news"]);
    const next = open({ storage: "session", url: async () => Promise.resolve(fine) });
    expect(await next.session.once("resumed")).toEqual({ id: expect.any(String) });
  });

  it("carries over what is said while the page goes, and what was never written", async () => {
    const old = open({ storage: "session" });
    await old.emit("say", 1);
    leave();
    void old.emit("say", 2);
    await Promise.resolve();
    const next = open({ storage: "session" });
    const said: number[] = [];
    next.on("said", (n) => said.push(n));
    await next.session.once("resumed");
    await next.once("said", (n) => n === 2);
    expect(said).toEqual([2]);
  });

  it("of a page that was kept, and whose session went on elsewhere, begins anew and hears again", async () => {
    const old = open({ storage: "session" });
    await old.opened();
    leave();
    open({ storage: "session" });
    await old.session.once("closed");
    old.reconnect();
    expect(await old.call("echo", 7)).toBe(7);
  });

  it("leaves no listener behind when it is closed", async () => {
    const client = open({ storage: "session" });
    await client.opened();
    await client.close();
    leave();
    expect(stored()).toEqual([]);
  });

  it("none leaves nothing", async () => {
    const client = open();
    await client.opened();
    leave();
    expect(stored()).toEqual([]);
  });
});
