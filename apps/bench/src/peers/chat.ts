import * as z from "zod";

/** What travels: a chat message, as long as the scenario says. */
export const Chat: z.ZodObject<{ id: z.ZodNumber; from: z.ZodString; text: z.ZodString }> = z.object({
  id: z.number(),
  from: z.string(),
  text: z.string(),
});
export type Chat = z.infer<typeof Chat>;

const texts = new Map<number, string>();

/** A message of about so many bytes of JSON. */
export function chat(id: number, bytes: number): Chat {
  const text = texts.get(bytes) ?? "x".repeat(Math.max(0, bytes - 40));
  texts.set(bytes, text);
  return { id, from: "ada", text };
}
