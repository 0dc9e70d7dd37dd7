import type { Data } from "../ports/transport.ts";

/** How many bytes `data` is on the wire: text as UTF-8, headers aside. */
export function byteLength(data: Data): number {
  return typeof data === "string" ? new TextEncoder().encode(data).length : data.length;
}
