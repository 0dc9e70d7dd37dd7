import type { HoldfastError } from "../holdfast-error.ts";
import type { Call } from "../contract/entry.ts";
import { own } from "../protocol/own.ts";
import type { Entries } from "./speech.ts";

/** The answer to a call, with the contract's own errors returned and not thrown. */
export function tryAsk(entries: Entries, name: string, asked: Promise<unknown>): Promise<Tried> {
  const tried = asked
    .then((output): Tried => ({ ok: true, output }))
    .catch((error): Tried => {
      const remote = (error as HoldfastError | null | undefined)?.remote;
      const schema = remote && own((entries[name] as Call).errors, remote.code);
      if (!schema) throw error;
      return { ok: false, error: { code: remote.code, data: remote.data } };
    });
  // As with a call: nobody has to await it.
  tried.catch(() => {});
  return tried;
}

type Tried = { ok: true; output: unknown } | { ok: false; error: { code: string; data: unknown } };
