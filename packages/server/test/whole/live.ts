import { seededRandom, type SeededRandom, testPair, type TestPair } from "../../../testing/src/index.ts";
import type { Identity, LimitOptions } from "../../src/options.ts";
import { act } from "./act.ts";
import { App, contract, type K } from "./app.ts";
import { Claims, inOrder } from "./claims.ts";
import { disturb } from "./disturb.ts";

/** How much went on: what was never tried cannot have gone well. */
export interface Lived {
  readonly events: number;
  readonly streams: number;
  readonly resumed: number;
  readonly lost: number;
}

const steps = 120;

/** A client and a server as users have them, with handlers, promises and iterators, over a bad network: everything from one seed. */
export async function live(seed: number): Promise<Lived> {
  const random = seededRandom(seed);
  const claims = new Claims();
  const app: App = new App(random, () => pair.clock);
  const pair = createPair(seed, random, app);
  const { client, server, network, clock } = pair;
  const heard: number[] = [];
  let [resumed, lost] = [0, 0];
  client.on("news", (ticket) => heard.push(ticket));
  client.on("letter", ({ ticket }) => heard.push(ticket));
  client.session.on("resumed", () => resumed++);
  client.session.on("lost", () => lost++);
  network.latencyMs = random.integer(0, 40);

  for (let step = 0, ticket = 0; step < steps; step++) {
    for (let left = random.integer(0, 5); left > 0; left--) act(++ticket, random, claims, pair, app, heard);
    disturb(random, network, client);
    await clock.advanceAsync(random.integer(1, 120));
  }
  network.heal();
  // What has died without a word is found meanwhile.
  await clock.advanceAsync(5_000);
  // Who closes without a link can tell nobody.
  const isRestless = (): boolean => claims.open.length > 0 || client.state.name !== "OPEN";
  for (let seconds = 0; isRestless() && seconds < 300; seconds++) await clock.advanceAsync(1_000);
  if (isRestless()) claims.complain(`${client.state.name}, and never settled: ${claims.open.join()}`);
  claims.settle([...app.said, ...heard]);
  for (const [where, row] of Object.entries({ server: app.said, client: heard })) {
    for (const words of inOrder(where, row)) claims.complain(words);
  }

  await Promise.all([client.close({ drainMs: 1_000 }), clock.advanceAsync(10_000)]);
  if ([...server.sessions].length) claims.complain("a session is left");
  await Promise.all([server.close(), clock.advanceAsync(1_000)]);
  if (app.bringing) claims.complain(`${app.bringing} streams are still brought`);
  if (clock.pending) claims.complain(`${clock.pending} timers are armed`);
  if (claims.complaints.length) throw new Error(claims.complaints.slice(0, 5).join("; "));
  return { events: app.said.length + app.set.length + heard.length, streams: app.brought, resumed, lost };
}

/** Roomy ends, or such whose bounds are felt. */
function createPair(seed: number, random: SeededRandom, app: App): TestPair<K, Identity> {
  const isTight = random.next() < 0.5;
  const some = <T>(share: number, value: T): T | undefined => (random.next() < share ? value : undefined);
  return testPair<K, Identity>(contract, {
    seed,
    handlers: app.handlers,
    server: {
      resumeWithinMs: random.pick([1_500, 100_000]),
      heartbeat: { intervalMs: 1_000, timeoutMs: 500 },
      limits: {
        ...(isTight && tightLimits(random)),
        messagesPerSecond: some(0.3, random.integer(20, 200)),
        tombstones: some(0.3, 0),
      },
    },
    client: {
      backoff: { initialMs: 50, maxMs: 400 },
      stableAfterMs: 0,
      handlers: app.clientHandlers,
      ...(isTight && { outbox: { maxBytes: random.integer(2_000, 6_000) } }),
    },
  });
}

/** Bounds that are felt. */
export function tightLimits(random: SeededRandom): LimitOptions {
  return {
    outboxBytes: random.integer(3_000, 8_000),
    windowBytes: random.integer(500, 3_000),
    handlersInFlight: random.integer(1, 5),
    callsInFlight: random.pick([1, 2, 4, 64]),
    streams: random.integer(2, 8),
  };
}
