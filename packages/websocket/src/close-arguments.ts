import { byteLength } from "./byte-length.ts";
import { domError } from "./dom-error.ts";

/** The code of a close frame without a code. */
export const noCode = 1005;

/**
 * What `close(code, reason)` was called with, converted as the standard does.
 *
 * @throws `InvalidAccessError` for a code, `SyntaxError` for a reason that no close frame can carry.
 */
export function closeArguments(
  code: unknown,
  reason: unknown = "",
): { readonly code: number; readonly reason: string } {
  const text = `${reason as string}`;
  const number = code === undefined ? (text ? 1000 : noCode) : Math.round(Number(code)) || 0;
  if (code !== undefined && number !== 1000 && !(number >= 3000 && number < 5000)) {
    throw domError("InvalidAccessError", `the close code must be 1000 or 3000 to 4999, but is ${number}`);
  }
  if (byteLength(text) > 123) {
    throw domError("SyntaxError", `the close reason must be at most 123 bytes, but is ${byteLength(text)}`);
  }
  return { code: number, reason: text };
}
