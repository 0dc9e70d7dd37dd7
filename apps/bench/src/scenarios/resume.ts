import { call, defineContract } from "@holdfast/core";
import { createClient } from "@holdfast/node";
import { createServer } from "@holdfast/server";
import { createFaultProxy } from "@holdfast/testing/node";
import { median, type Scenario } from "../scenario.ts";

const rounds = 5;
const mustMs = 2_000;
const contract = defineContract({ fromClient: { hello: call() } });

/** A link that goes silent without a word, while new ones are fine: how long until the session goes on. */
export const resume: Scenario = {
  name: "black hole: heartbeat 1 s / 0.5 s, from silence to a resumed session",
  must: `at most ${mustMs} ms`,
  async run() {
    const values: number[] = [];
    for (let round = 0; round < rounds; round++) values.push(await silenceToResumed());
    return [{ who: "holdfast", value: median(values), unit: "ms", isFine: Math.max(...values) <= mustMs }];
  },
};

async function silenceToResumed(): Promise<number> {
  await using server = createServer(contract, { heartbeat: { intervalMs: 1_000, timeoutMs: 500 } }).handle({
    hello: () => {},
  });
  const { url } = await server.listen();
  await using first = await createFaultProxy({ to: url });
  let dials = 0;
  await using client = createClient(contract, { url: () => (dials++ ? url : first.url()), log: "off" });
  await client.call("hello");
  first.blackhole();
  const silentAt = performance.now();
  await client.session.once("resumed");
  return performance.now() - silentAt;
}
