import { defaults, type Options } from "./defaults.ts";

/** Every option of a client and its default; see {@link Options}. */
export type ClientDefaults = Pick<
  Options,
  "backoff" | "dialTimeoutMs" | "closeTimeoutMs" | "stableAfterMs" | "start" | "log"
> & {
  readonly outbox: { readonly maxBytes: number; readonly whileDown: readonly ("hold" | "reject")[] };
  readonly storage: readonly ("none" | "session")[];
};

/** A function, so that who imports only `connect` does not carry it. */
export function clientDefaults(): ClientDefaults {
  const { backoff, outbox, dialTimeoutMs, closeTimeoutMs, stableAfterMs, start, log } = defaults;
  return {
    backoff,
    outbox: { maxBytes: outbox.maxBytes, whileDown: ["hold", "reject"] },
    dialTimeoutMs,
    closeTimeoutMs,
    stableAfterMs,
    start,
    log,
    storage: ["none", "session"],
  };
}
