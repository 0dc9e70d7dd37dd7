import * as z from "zod/mini";
import { instant } from "./instant.ts";

/** What somebody reads who has written something else. */
const askedName = "a name of 1 to 32 letters and digits";

/** What somebody is called: nobody needs more than a name to sign in. The same letters are the same name, however they are put together. */
export const Name = z
  .string(askedName)
  .check(z.normalize("NFC"), z.trim(), z.regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} .'’_-]{0,31}$/u, askedName));

/** How long the parts of a notification may be, in characters. */
export const longest = { key: 200, from: 120, subject: 200, preview: 500 } as const;

/** That part of a notification, in one line and in words for whoever has written something else. */
const line = (part: "key" | "from" | "subject", words: string) => {
  const asked = `${words} of 1 to ${longest[part]} characters`;
  return z.string(asked).check(z.trim(), z.minLength(1, asked), z.maxLength(longest[part], asked));
};
const askedPreview = `a preview of at most ${longest.preview} characters`;

/** What somebody would like others to know. */
export const Draft = z.object(
  {
    /** The sender's own name of it: published again under the same key, it is the same one, and says what it says now. */
    key: z.optional(line("key", "a key")),
    /** Whose inbox it is for; without one, everybody's. */
    to: z.optional(Name),
    /** Who sent the mail. Only services are believed; people go by the name they signed in with. */
    from: z.optional(line("from", "a sender")),
    subject: line("subject", "a subject"),
    preview: z._default(
      z.string(askedPreview).check(z.trim(), z.maxLength(longest.preview, askedPreview)),
      "",
    ),
  },
  "a notification with a subject and a preview",
);
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
