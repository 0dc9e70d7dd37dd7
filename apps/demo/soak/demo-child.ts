import { type Demo, startDemo } from "../src/demo.ts";

// The demo in a process of its own, with nothing else in it, so that its memory can be measured. Spoken to over the channel to its
// parent: "measure" is answered with bytes, and its end is ours.

/** What one process holds. */
export interface Held {
  readonly rssBytes: number;
  /** After a collection: what is really held. */
  readonly heapBytes: number;
}

/** What the child says. */
export type Word = { readonly kind: "url"; readonly url: string } | ({ readonly kind: "held" } & Held);

const say = (word: Word): void => void process.send?.(word);

async function main(): Promise<void> {
  const [data] = process.argv.slice(2);
  // A terminal's Ctrl-C comes here as well; our parent has its ledgers to close first.
  process.on("SIGINT", () => {});
  let demo: Demo | undefined;
  process.on("disconnect", () => void demo?.[Symbol.asyncDispose]());
  process.on("message", () => {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    say({ kind: "held", rssBytes: rss, heapBytes: heapUsed });
  });
  demo = await startDemo({ port: 0, data, print: () => {} });
  say({ kind: "url", url: demo.url });
}

await main();
