import { call, defineContract, event, stream } from "@holdfast/core";
import * as z from "zod";
import { testPair, type TestPair, type TestPairOptions } from "../../../testing/src/index.ts";
import type { Handlers, Identity } from "../../src/options.ts";

const when = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

/** A contract with one of everything. */
export const contract = defineContract({
  fromClient: {
    say: event(z.number()),
    set: event(z.number(), { idempotent: true }),
    wave: event(z.number(), { delivery: "volatile" }),
    // As who passes an option of their own on may say it: not idempotent.
    echo: call({ input: z.string(), output: z.string(), idempotent: undefined }),
    put: call({ input: z.number(), output: z.number(), idempotent: true }),
    later: call({ input: when, output: when }),
    join: call({
      input: z.string(),
      errors: { FULL: z.object({ limit: z.number() }), SHUT: z.void(), ODD: z.unknown() },
    }),
    count: stream({ input: z.number(), item: z.number(), cursor: (n) => n }),
    ticks: stream({ item: z.number() }),
  },
  fromServer: {
    news: event(z.number()),
    blink: event(z.number(), { delivery: "volatile" }),
    locate: call({ output: z.string() }),
    ask: call({ input: z.number(), output: z.number(), idempotent: true }),
    log: stream({ item: z.string() }),
  },
});

export type K = typeof contract;

/** Somebody. */
export interface User extends Identity {
  readonly name?: string;
}

/** A pair that notes what the server's handlers got. */
export interface World extends TestPair<K, User> {
  /** Numbers that were said, set or put, in the order of handing over. */
  readonly got: number[];
  /** Lets `ms` pass, promises included. */
  pass(ms?: number): Promise<void>;
}

/** A client and a server that do the obvious, unless told otherwise. */
export function createWorld({
  handlers,
  ...options
}: Partial<Omit<TestPairOptions<K, User>, "handlers">> & {
  readonly handlers?: Partial<Handlers<K, User>>;
} = {}): World {
  const got: number[] = [];
  const pair = testPair<K, User>(contract, {
    ...options,
    client: { backoff: { initialMs: 100, jitter: "none" }, stableAfterMs: 0, ...options.client },
    handlers: {
      say: (n) => void got.push(n),
      set: (n) => void got.push(n),
      wave: (n) => void got.push(n),
      echo: (text) => text,
      put: (n) => {
        got.push(n);
        return n;
      },
      later: (date) => new Date(date.getTime() + 1),
      join: (room, { fail }) => {
        if (room === "shut") fail("SHUT");
        if (room === "full") fail("FULL", { limit: 3 });
      },
      *count(to, { since = 0 }) {
        for (let n = since + 1; n <= to; n++) yield n;
      },
      *ticks() {
        for (let n = 1; ; n++) yield n;
      },
      ...handlers,
    },
  });
  return { ...pair, got, pass: (ms = 50) => pair.clock.advanceAsync(ms) };
}

/** What became of a promise, once it is settled. */
export function fate(promise: Promise<unknown>): { readonly now: unknown } {
  let now: unknown = "pending";
  promise.then(
    (value) => (now = value === undefined ? "done" : value),
    (error) => (now = error),
  );
  return {
    get now() {
      return now;
    },
  };
}

/** The only session of a server. */
export function onlySession<S>(sessions: Iterable<S>): S {
  const [session, ...more] = sessions;
  if (!session || more.length) throw new Error(`${more.length + (session ? 1 : 0)} sessions instead of one`);
  return session;
}
