import * as z from "zod/mini";
import { instant } from "./instant.ts";
import { Ranges } from "./numbers.ts";

/** How long a saying may be, in characters. */
export const maxLength = 280;

const text = z.string().check(z.minLength(1), z.maxLength(maxLength));
/** Each end numbers what it says to the other from 1, so that the other can count what is missing and what came twice. */
const number = z.int().check(z.gte(1));

export const Saying = z.object({
  n: number,
  text,
  at: instant,
  /** Number of the first saying of a burst that this one belongs to. */
  burst: z.optional(number),
});
export type Saying = z.output<typeof Saying>;

/** The server's answer to a {@link Saying}: numbered, too. */
export const Answer = z.object({
  n: number,
  /** What it is the answer to. */
  to: Saying,
  /** When the server heard it. */
  at: instant,
  /** Over which link of this client it came, counted by the server. */
  link: z.int(),
});
export type Answer = z.output<typeof Answer>;

/** What the server counted of one client. */
export const Count = z.object({
  /** Which numbers arrived. */
  received: Ranges,
  /** How many arrived although they had arrived before. */
  doubled: z.int(),
  /** How many arrived behind one that was said later. */
  reordered: z.int(),
  /** The last number that the server said. */
  said: z.int(),
  /** Which of its own it was told it cannot know about: their session ended before they were acknowledged. */
  doubted: Ranges,
});
export type Count = z.output<typeof Count>;
