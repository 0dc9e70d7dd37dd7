import type { HoldfastError } from "../holdfast-error.ts";
import type { Call } from "../contract/entry.ts";
import { own } from "../protocol/own.ts";
import type { Entries } from "./speech.ts";

/** The answer to a call, with the contract's own errors returned and not thrown. */
export async function tryAsk(
  entries: Entries,
  name: string,
  ask: () => Promise<unknown>,
): Promise<{ ok: true; output: unknown } | { ok: false; error: { code: string; data: unknown } }> {
  try {
    return { ok: true, output: await ask() };
  } catch (error) {
    const remote = (error as HoldfastError | null | undefined)?.remote;
    const schema = remote && own((entries[name] as Call).errors, remote.code);
    if (!schema) throw error;
    return { ok: false, error: { code: remote.code, data: remote.data } };
  }
}
