import * as z from "zod/mini";

/** A `Date` in every program, text on the wire. */
const instant = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

/** How long a saying may be, in characters. */
export const maxLength = 280;

const text = z.string().check(z.minLength(1), z.maxLength(maxLength));

/** What a client may say. */
export const ToServer = z.discriminatedUnion("type", [
  z.object({ type: z.literal("say"), text, at: instant }),
]);

/** What the server answers, and what it tells of its own accord. */
export const FromServer = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("echo"),
    text,
    /** When the server heard it. */
    at: instant,
    /** When it was said, as the client wrote: so the client knows which saying came back, and how long it took. */
    saidAt: instant,
    /** Which link it came on, counted by the server. */
    link: z.int(),
    /** How many sayings came on that link so far. */
    count: z.int(),
  }),
  z.object({ type: z.literal("news"), text: z.string(), at: instant }),
  z.object({ type: z.literal("refused"), because: z.string() }),
]);

/** What {@link ToServer} is in a program. */
export type ToServer = z.output<typeof ToServer>;
/** What {@link FromServer} is in a program. */
export type FromServer = z.output<typeof FromServer>;
