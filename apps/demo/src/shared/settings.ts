import * as z from "zod/mini";
import { Ranges } from "./numbers.ts";

/** What the buttons do to the network, and to the server. */
export const Fault = z.enum([
  "cut",
  "half-open",
  "blackhole",
  "latency",
  "throttle",
  "storm",
  "heal",
  "restart",
  "deploy",
  "expire",
]);
export type Fault = z.output<typeof Fault>;

/** What is the matter with the network. Cuts pass; the others last until they are healed, a storm until it is over. */
export const Network = z.object({ network: z.enum(["fine", "blackhole", "latency", "throttle", "storm"]) });
export type Network = z.output<typeof Network>;

/** What a page asks of the demo when it begins. */
export const Settings = z.extend(Network, {
  /** Where mails are dropped. */
  mailFolder: z.string(),
});
export type Settings = z.output<typeof Settings>;

/** What the server counted of a page without a session, and said to it. The same numbers as in a session. */
export const PlainCount = z.object({
  received: Ranges,
  doubled: z.int(),
  reordered: z.int(),
  said: z.int(),
});
export type PlainCount = z.output<typeof PlainCount>;
