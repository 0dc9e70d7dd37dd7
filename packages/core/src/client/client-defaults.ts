import { defaults, type Options } from "./defaults.ts";

const { backoff, outbox, dialTimeoutMs, closeTimeoutMs, stableAfterMs, start, log } = defaults;

/** Every option of a client and its default; see {@link Options}. */
export const clientDefaults: Pick<
  Options,
  "backoff" | "dialTimeoutMs" | "closeTimeoutMs" | "stableAfterMs" | "start" | "log"
> & {
  readonly outbox: { readonly maxBytes: number; readonly whileDown: readonly ("hold" | "reject")[] };
  readonly storage: readonly ("none" | "session")[];
} = {
  backoff,
  outbox: { maxBytes: outbox.maxBytes, whileDown: ["hold", "reject"] },
  dialTimeoutMs,
  closeTimeoutMs,
  stableAfterMs,
  start,
  log,
  storage: ["none", "session"],
};
