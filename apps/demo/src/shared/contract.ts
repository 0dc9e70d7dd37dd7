import { call, defineContract, event, stream } from "@holdfast/browser";
import * as z from "zod/mini";
import { Ranges } from "./numbers.ts";

/** A `Date` in every program, text on the wire. */
const instant = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

/** How long a saying may be, in characters. */
export const maxLength = 280;

const text = z.string().check(z.minLength(1), z.maxLength(maxLength));
/** Each end numbers what it says to the other from 1, so that the other can count what is missing and what came twice. */
const number = z.int().check(z.gte(1));

const Saying = z.object({
  n: number,
  text,
  at: instant,
  /** Number of the first saying of a burst that this one belongs to. */
  burst: z.optional(number),
});
export type Saying = z.output<typeof Saying>;

/** The server's answer to a {@link Saying}: numbered, too. */
const Answer = z.object({
  n: number,
  /** What it is the answer to. */
  to: Saying,
  /** When the server heard it. */
  at: instant,
  /** Over which link of this client it came, counted by the server. */
  link: z.int(),
});
export type Answer = z.output<typeof Answer>;

const News = z.object({
  /** Grows, also when the server was started again. */
  id: z.int(),
  text: z.string(),
  at: instant,
});
export type News = z.output<typeof News>;

/** What the server counted of one client. */
export const Count = z.object({
  /** Which numbers arrived. */
  received: Ranges,
  /** How many arrived although they had arrived before. */
  doubled: z.int(),
  /** The last number that the server said. */
  said: z.int(),
  /** Which of its own it was told it cannot know about: their session ended before they were acknowledged. */
  doubted: Ranges,
});
export type Count = z.output<typeof Count>;

/** Who a client is, over any number of sessions. It is trusted, for nothing depends on it but its own ledger. */
export const Who = z.object({ id: z.string().check(z.minLength(1), z.maxLength(64)) });
export type Who = z.output<typeof Who>;

/** What page, service and server have agreed on. */
export const contract = defineContract({
  fromClient: {
    say: event(Saying),
    /**
     * Everything said before the question was handed over before it, and everything the server said before its answer arrives
     * before that: so whatever is missing at the answer is lost, and not on its way. May be asked twice.
     */
    ledger: call({ output: Count, idempotent: true }),
    news: stream({
      input: z.object({ after: z.optional(z.int()) }),
      item: News,
      cursor: (news) => news.id,
    }),
  },
  fromServer: {
    /** Whose ledger this is. Another id than before: the server was started again and counts anew. First of every session. */
    account: event(z.object({ id: z.string() })),
    said: event(Answer),
  },
});
