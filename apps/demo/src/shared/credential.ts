import * as z from "zod/mini";

/** What a client of a session shows to the server. */
export const Credential = z.object({
  /** Short-lived: the server asks for another one in time. */
  token: z.string(),
  /** Which page or program it is, over any number of sessions: whose ledger. Trusted, for nothing else depends on it. */
  page: z.string().check(z.minLength(1), z.maxLength(64)),
});
export type Credential = z.output<typeof Credential>;

/** Who is signed in on a page, if anybody. */
export const Me = z.object({ name: z.nullable(z.string()) });

/** What a page is given for its sign-in; and whose it is, for another page of this browser may have signed in as somebody else. */
export const TokenAnswer = z.object({ name: z.string(), token: z.string(), expiresInMs: z.number() });
