import * as z from "zod/mini";
import { instant } from "./instant.ts";

/** What somebody is called: nobody needs more than a name to sign in. The same letters are the same name, however they are put together. */
export const Name = z
  .string()
  .check(
    z.normalize("NFC"),
    z.trim(),
    z.regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} .'’_-]{0,31}$/u, "a name of 1 to 32 letters and digits"),
  );

/** One line that says something. */
function line(what: string, max: number) {
  const words = `${what} of 1 to ${max} characters`;
  return z.string(words).check(z.trim(), z.minLength(1, words), z.maxLength(max, words));
}

/** How long the parts of a notification may be, in characters. */
export const longest = { key: 200, from: 120, subject: 200, preview: 500 } as const;

/** What somebody would like others to know. */
export const Draft = z.object({
  /** The sender's own name of it: published again under the same key, it is the same one, and says what it says now. */
  key: z.optional(line("a key", longest.key)),
  /** Whose inbox it is for; without one, everybody's. */
  to: z.optional(Name),
  /** Who sent the mail. Only services are believed; people go by the name they signed in with. */
  from: z.optional(line("a sender", longest.from)),
  subject: line("a subject", longest.subject),
  preview: z
    .string("a text, which may be empty")
    .check(z.trim(), z.maxLength(longest.preview, `a text of up to ${longest.preview} characters`)),
});
export type Draft = z.output<typeof Draft>;

/** A draft that was published. */
export const Published = z.object({
  id: z.int(),
  /** Whether it had been published before, under the same key. */
  known: z.boolean(),
});
export type Published = z.output<typeof Published>;

/** Something to know, as one reader sees it. */
export const Notification = z.object({
  id: z.int(),
  /** Grows with every change of any notification: new ones, and old ones that were read. A feed goes on from here. */
  revision: z.int(),
  to: z.optional(z.string()),
  from: z.string(),
  subject: z.string(),
  preview: z.string(),
  kind: z.enum(["mail", "note"]),
  at: instant,
  read: z.boolean(),
});
export type Notification = z.output<typeof Notification>;
