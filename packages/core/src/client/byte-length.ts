import type { Data } from "../ports/transport.ts";

/** Node counts without encoding. */
interface Counting {
  readonly Buffer?: { byteLength(text: string): number };
}

/** How many bytes `data` is on the wire: text as UTF-8, headers aside. */
export function byteLength(data: Data): number {
  if (typeof data !== "string") return data.length;
  const { Buffer } = globalThis as Counting;
  return Buffer ? Buffer.byteLength(data) : new TextEncoder().encode(data).length;
}
