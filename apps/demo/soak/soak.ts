import { setTimeout as pause } from "node:timers/promises";
import { launch } from "../test/chromium.ts";
import { Person } from "../test/person.ts";
import { courses, type Course, type Sample } from "./memory.ts";
import type { Result } from "./result.ts";
import { SoakedDemo } from "./soaked-demo.ts";
import { Speaker } from "./speaker.ts";
import { WatchedPage } from "./watched-page.ts";
import { Weather } from "./weather.ts";

/** With the page's ten a second these are twenty. */
const speakers = ["node 1", "node 2", "node 3"];
const speakEveryMs = 300;
/** The clients' longest wait, a dial that is slow, and the outbox of a bad minute. */
const settleWithinMs = 60_000;
const sampleCount = 60;
const leastSampleMs = 500;

export interface SoakOptions {
  readonly seconds: number;
  readonly seed: number;
  /** Ends it before its time. */
  readonly signal: AbortSignal;
}

export interface Soaked {
  readonly results: readonly Result[];
  readonly memory: readonly Course[];
  readonly weather: Weather;
}

/** Lets four clients talk to a demo while its network and its server fail over and over, then counts. @throws the signal's reason */
export async function soak({ seconds, seed, signal }: SoakOptions): Promise<Soaked> {
  await using owned = new AsyncDisposableStack();
  const demo = owned.use(await SoakedDemo.start());
  // Ctrl-C is ours to handle: the browser goes when everything goes.
  const browser = await launch({ handleSIGINT: false });
  owned.defer(() => browser.close());
  const person = await Person.signIn(demo.url, "Soak");
  const page = owned.use(await WatchedPage.open(browser, demo.url));
  const talkers = speakers.map((name) => owned.use(new Speaker(name, person)));
  const weather = new Weather(person, seed);

  for (const talker of talkers) talker.start(speakEveryMs);
  await page.start();
  const over = new AbortController();
  const rage = weather.rage(AbortSignal.any([over.signal, signal]));
  const watch = sampleFor(seconds * 1_000, demo, page, signal).finally(() => over.abort());
  const [samples] = await Promise.all([watch, rage]);
  const settled = [...talkers, page].map((client) => client.settle(settleWithinMs));
  const results = await Promise.all(settled);
  return { results, memory: courses(samples), weather };
}

async function sampleFor(
  durationMs: number,
  demo: SoakedDemo,
  page: WatchedPage,
  signal: AbortSignal,
): Promise<readonly Sample[]> {
  const endsAtMs = performance.now() + durationMs;
  const everyMs = Math.max(leastSampleMs, durationMs / sampleCount);
  const samples: Sample[] = [];
  while (performance.now() < endsAtMs) {
    await pause(Math.max(0, Math.min(everyMs, endsAtMs - performance.now())), undefined, { signal });
    const [server, shown] = await Promise.all([demo.measure(), page.measure()]);
    samples.push({
      pageHeap: shown.heapBytes,
      pageNodes: shown.nodes,
      serverHeap: server.heapBytes,
      serverRss: server.rssBytes,
    });
  }
  return samples;
}
