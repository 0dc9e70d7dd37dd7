import { HoldfastError } from "../holdfast-error.ts";
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
    const { errors = {} } = (entries[name] ?? {}) as { errors?: object };
    if (!HoldfastError.is(error, "REMOTE") || !Object.hasOwn(errors, error.remote.code)) throw error;
    const { code, data } = error.remote;
    return { ok: false, error: { code, data } };
  }
}
