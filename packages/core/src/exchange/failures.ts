import type { Call } from "../contract/entry.ts";
import { HoldfastError } from "../holdfast-error.ts";
import { own } from "../protocol/own.ts";
import type { Pending } from "./pending.ts";
import { fromWire } from "./speech.ts";

/** What the other end answered instead of a result. */
export function remoteError(
  { name, entry }: Pending,
  remote: { code: string; message: string; data?: unknown },
): HoldfastError {
  const { errors = {} } = entry as Call;
  const schema = own(errors, remote.code);
  try {
    const data = schema ? fromWire(schema, remote.data, name) : remote.data;
    const { code, message } = remote;
    return new HoldfastError("REMOTE", `${name}: ${code} ${message}`.trim(), undefined, {
      remote: { code, message, data },
      // It was not run.
      retryable: code === "BUSY",
    });
  } catch (error) {
    return error as HoldfastError;
  }
}

/** The session ended before anybody knew what became of it; with an error, on purpose or for good. */
export function sessionLost(inDoubt: boolean, end?: HoldfastError): HoldfastError {
  const words = `the other end ${inDoubt ? "may have" : "never"} had it`;
  return new HoldfastError(end?.code ?? "SESSION_LOST", words, end, { inDoubt });
}

/** Refused before it was queued, or when the other end's limit was known. */
export function tooLarge(bytes: number, maxBytes: number): HoldfastError {
  return new HoldfastError("TOO_LARGE", `${bytes} bytes, of ${maxBytes} at most`);
}
