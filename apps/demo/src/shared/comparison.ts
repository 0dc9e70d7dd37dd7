import * as z from "zod/mini";
import { Notification } from "./notification.ts";

/** What one way of being told has cost, as the server counted it: whole bytes of its sockets, heads and frames included. */
export const Use = z.object({
  /** HTTP requests; an upgrade is one. */
  requests: z.int(),
  bytesIn: z.int(),
  bytesOut: z.int(),
  /** Requests whose answer was that there is nothing. */
  empty: z.int(),
});
export type Use = z.output<typeof Use>;

/** Polling and socket side by side: an inbox of its own, and a token to read it with either way. */
export const Comparison = z.object({
  id: z.string(),
  token: z.string(),
  /** Where its socket dials: through a proxy of its own, which does nothing but count. */
  socketPath: z.string(),
  /** Both begin after it. */
  revision: z.int(),
});
export type Comparison = z.output<typeof Comparison>;

/** How much to publish there, for how long. */
export const Run = z.object({
  perMinute: z.number().check(z.gte(1), z.lte(600)),
  seconds: z.number().check(z.gte(1), z.lte(300)),
});
export type Run = z.output<typeof Run>;

/** How a comparison stands. */
export const Standing = z.object({
  phase: z.enum(["idle", "running"]),
  published: z.int(),
  polling: Use,
  socket: Use,
  /** What went through the proxy, both ways: the same, counted by somebody else. */
  proxiedBytes: z.int(),
});
export type Standing = z.output<typeof Standing>;

/** What is new, over HTTP. */
export const Page = z.object({
  notifications: z.array(Notification),
  /** What to ask after next time. */
  revision: z.int(),
});
export type Page = z.output<typeof Page>;
