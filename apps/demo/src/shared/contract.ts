import { call, defineContract, event, stream } from "@holdfast/browser";
import * as z from "zod/mini";
import { Draft, Notification, Published } from "./notification.ts";
import { Answer, Count, Saying } from "./saying.ts";

/** What page, services and server have agreed on. */
export const contract = defineContract({
  fromClient: {
    publish: call({ input: Draft, output: Published, idempotent: true }),
    markRead: call({ input: z.object({ ids: z.array(z.int()) }), idempotent: true }),
    markAllRead: call({ idempotent: true }),
    /** Those before that one, the oldest first; none if there are none. */
    older: call({ input: z.object({ before: z.int() }), output: z.array(Notification), idempotent: true }),
    /** What its reader missed after a revision, then what is new; without one, the latest and then what is new. */
    feed: stream({
      input: z.object({ after: z.optional(z.int()) }),
      item: Notification,
      cursor: ({ revision }) => revision,
    }),
    /** Says something in the laboratory. */
    say: event(Saying),
    /**
     * Everything said before the question was handed over before it, and everything the server said before its answer arrives
     * before that: so whatever is missing at the answer is lost, and not on its way. May be asked twice.
     */
    ledger: call({ output: Count, idempotent: true }),
  },
  fromServer: {
    /** How many notifications this reader has, and has not read, whenever that changes. */
    counts: event(z.object({ total: z.int(), unread: z.int() })),
    /** Who is signed in, in how many tabs. */
    people: event(z.array(z.object({ name: z.string(), tabs: z.int() }))),
    /** Somebody signed this user out, in whichever tab: all of them go. */
    signedOut: event(),
    /** Whose ledger this is. Another id than before: the server was started again and counts anew. First of every session. */
    account: event(z.object({ id: z.string() })),
    said: event(Answer),
  },
});
