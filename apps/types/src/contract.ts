// What both ends of an app share.
import { call, defineContract, event, mergeContracts, stream } from "@holdfast/browser";
import * as z from "zod";

const at = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const Draft = z.object({ to: z.string(), subject: z.string(), at });

export const mail = defineContract({
  fromClient: {
    echo: call({ input: z.string(), output: z.string() }),
    publish: event(Draft, { idempotent: true }),
    join: call({ input: z.string(), errors: { FULL: z.object({ limit: z.number() }), SHUT: z.void() } }),
    feed: stream({
      input: z.object({ unread: z.boolean() }),
      item: z.object({ id: z.number(), at }),
      cursor: (item) => item.id,
    }),
    ticks: stream({ item: z.number() }),
    leave: event(),
  },
  fromServer: { notification: event(Draft), locate: call({ output: z.string() }) },
});

export interface User {
  readonly id: string;
  readonly name: string;
}

export const both = mergeContracts({
  mail,
  chat: defineContract({ fromClient: { say: event(z.string()) } }),
});
