import {
  type Call,
  call,
  type Client,
  type Contract,
  defineContract,
  event,
  type Event,
  stream,
  type Stream,
} from "@holdfast/core";
import * as z from "zod/mini";

type Numbers = typeof number;
const number: z.ZodMiniNumber = z.number();

/** What a trial is about: numbers, both ways. */
export type TrialContract = Contract<
  {
    readonly say: Event<Numbers>;
    readonly echo: Call<Numbers, Numbers, Record<never, never>>;
    readonly count: Stream<Numbers, Numbers, number, Record<never, never>>;
  },
  { readonly said: Event<Numbers>; readonly news: Event<Numbers> }
>;

export const trial: TrialContract = defineContract({
  fromClient: {
    say: event(number),
    echo: call({ input: number, output: number }),
    count: stream({ input: number, item: number, cursor: (n: number) => n }),
  },
  fromServer: { said: event(number), news: event(number) },
});

/** What a client saw of a trial. */
export interface Outcome {
  readonly said: Tally;
  readonly answers: number;
  readonly items: Tally;
  readonly resumes: number;
  readonly losses: number;
}

/** What came of a row of numbers from 1. */
export interface Tally {
  readonly received: number;
  readonly lost: number;
  readonly doubled: number;
  readonly reordered: number;
}

/** Sends `count` numbers, a few at a time, and asks and streams meanwhile; resolves when all of it has come back. */
export async function runTrial(client: Client<TrialContract>, count: number): Promise<Outcome> {
  const said: number[] = [];
  const items: number[] = [];
  let resumes = 0;
  let losses = 0;
  client.on("said", (n) => said.push(n));
  client.session.on("resumed", () => resumes++);
  client.session.on("lost", () => losses++);

  // What waits for the first link is written at once when it opens, and over before the next fault.
  await client.opened();
  const reading = (async () => {
    for await (const item of client.stream("count", count)) items.push(item);
  })();
  const answers: Promise<number>[] = [];
  const emits: Promise<void>[] = [];
  for (let n = 1; n <= count; n++) {
    emits.push(client.emit("say", n));
    if (n % 50 === 0) answers.push(client.call("echo", n, { timeoutMs: 60_000 }));
    // Some while links come and go: a burst would be over before the first of them.
    if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all([...emits, reading]);
  const answered = await Promise.all(answers);
  if (said.length < count) {
    await client.once("said", () => said.length >= count, { timeoutMs: 30_000 });
  }
  return {
    said: tally(said, count),
    answers: answered.filter((answer, i) => answer === (i + 1) * 50).length,
    items: tally(items, count),
    resumes,
    losses,
  };
}

/** How a row of numbers from 1 to `count` arrived. */
export function tally(numbers: readonly number[], count: number): Tally {
  const seen = new Set(numbers);
  return {
    received: numbers.length,
    lost: count - seen.size,
    doubled: numbers.length - seen.size,
    reordered: numbers.filter((n, i) => i > 0 && n < (numbers[i - 1] ?? 0)).length,
  };
}
