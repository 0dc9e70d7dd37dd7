import { call, defineContract, event, stream } from "@holdfast/browser";
import * as z from "zod/mini";

/** What both ends say: each number comes back as news. */
export const contract = defineContract({
  fromClient: {
    say: event(z.number()),
    double: call({ input: z.number(), output: z.number() }),
    count: stream({ input: z.number(), item: z.number(), cursor: (n) => n }),
  },
  fromServer: { heard: event(z.number()) },
});
