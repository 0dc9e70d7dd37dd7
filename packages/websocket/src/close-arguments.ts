import { byteLength } from "./message.ts";
import { domError } from "./dom-error.ts";
import { textOf } from "./text-of.ts";

/** The code of a close frame without a code. */
export const noCode = 1005;

/**
 * What `close(code, reason)` was called with, converted as the standard does.
 *
 * @throws `InvalidAccessError` for a code, `SyntaxError` for a reason that no close frame can carry.
 */
export function closeArguments(code: unknown, reason: unknown = ""): [code: number, reason: string] {
  const text = textOf(reason);
  const number = code === undefined ? 1_000 : Math.round(Number(code));
  if (!/^(1000|[34]\d{3})$/.test(`${number}`))
    throw domError("InvalidAccessError", `invalid code: ${number}`);
  if (byteLength(text) > 123) throw domError("SyntaxError", "reason over 123 bytes");
  return [code === undefined && !text ? noCode : number, text];
}
