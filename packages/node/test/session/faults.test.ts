import { createServer, type NodeServer } from "@holdfast/server";
import { createFaultProxy, createFrameProxy } from "@holdfast/testing/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { carriesRecords, frameFaults, tcpFaults, torment } from "../../../server/test/trial/faults.ts";
import { runTrial, tally, trial, type TrialContract } from "../../../server/test/trial/trial.ts";
import { createClient } from "../../src/index.ts";

const count = 2_000;
const whole = { received: count, lost: 0, doubled: 0, reordered: 0 };

let server: NodeServer<TrialContract>;
let url: string;
/** What the server got, by who said it. */
const got = new Map<string, number[]>();
beforeAll(async () => {
  server = createServer(trial, { heartbeat: { intervalMs: 1_000, timeoutMs: 500 }, log: "off" }).handle({
    say(n, { session }) {
      const numbers = got.get(session.id) ?? [];
      got.set(session.id, numbers);
      numbers.push(n);
      void session.emit("said", n);
    },
    echo: (n) => n,
    *count(to, { since = 0 }) {
      for (let n = since + 1; n <= to; n++) yield n;
    },
  });
  ({ url } = await server.listen());
});
afterAll(() => server.close());

/** A dial that a fault swallows is given up as soon as a link is. */
const options = { backoff: { initialMs: 10, maxMs: 100 }, dialTimeoutMs: 1_500, log: "off" } as const;
/** Faults are tried side by side: most of their time is waiting. */
const rows = Object.entries(tcpFaults).flatMap(([name, fault]) =>
  [1, 2, 3].map((seed) => [name, seed, fault] as const),
);

describe("over real sockets, 2,000 messages each way arrive once and in order", () => {
  it.concurrent.each(rows)("under %s, seed %d", async (_, seed, fault) => {
    await using proxy = await createFaultProxy({ to: url, seed });
    await using client = createClient(trial, { ...options, url: proxy.url() });
    const relieve = torment(proxy, fault, seed);
    const outcome = await runTrial(client, count).finally(relieve);
    expect(outcome).toMatchObject({ said: whole, answers: count / 50, items: whole, losses: 0 });
    expect(tally(got.get(client.session.id ?? "") ?? [], count)).toEqual(whole);
    // A fault that nobody felt proves nothing.
    expect(outcome.resumes).toBeGreaterThan(0);
  });

  it.concurrent("over links of which each dies after 20 KB, though they were said at once", async () => {
    await using proxy = await createFaultProxy({ to: url });
    await using client = createClient(trial, { ...options, url: proxy.url() });
    await client.opened();
    const said: number[] = [];
    client.on("said", (n) => said.push(n));
    const numbers = Array.from({ length: count * 3 }, (_, i) => i + 1);
    const last = client.once("said", (n) => n === numbers.length);
    proxy.cutAfter(20_000);
    await Promise.all([...numbers.map((n) => client.emit("say", n)), last]);
    expect(said).toEqual(numbers);
    expect(got.get(client.session.id ?? "")).toEqual(numbers);
    expect(proxy.totalLinks).toBeGreaterThan(5);
  });

  it.concurrent.each([1, 2, 3])(
    "under frames that are dropped, doubled, replayed and reordered, seed %d",
    async (seed) => {
      await using proxy = await createFrameProxy({ to: url, seed, touches: carriesRecords });
      frameFaults.frames(proxy);
      const isFelt = (): boolean =>
        [proxy.dropped, proxy.doubled, proxy.replayed].every(({ up, down }) => up + down > 0);
      // A fault that nobody felt proves nothing, and on some machines there are few frames in a trial.
      while (!isFelt()) {
        await using client = createClient(trial, { ...options, url: proxy.url() });
        const relieve = setInterval(() => proxy.cut(), 400);
        const outcome = await runTrial(client, count).finally(() => clearInterval(relieve));
        expect(outcome).toMatchObject({ said: whole, answers: count / 50, items: whole, losses: 0 });
        expect(tally(got.get(client.session.id ?? "") ?? [], count)).toEqual(whole);
      }
    },
  );
});
