import { byteLength } from "./byte-length.ts";
import { domError } from "./dom-error.ts";

/** The code of a close frame without a code. */
export const noCode = 1005;

/**
 * What `close(code, reason)` was called with, converted as the standard does.
 *
 * @throws `InvalidAccessError` for a code, `SyntaxError` for a reason that no close frame can carry.
 */
export function closeArguments(code: unknown, reason: unknown = ""): [code: number, reason: string] {
  const text = `${reason as string}`;
  const number = code === undefined ? 1_000 : Math.round(Number(code));
  if (number !== 1_000 && !(number >= 3_000 && number < 5_000)) {
    throw domError("InvalidAccessError", `code must be 1000 or 3000 to 4999, but is ${number}`);
  }
  if (byteLength(text) > 123) throw domError("SyntaxError", "reason must be at most 123 bytes");
  return [code === undefined && !text ? noCode : number, text];
}
