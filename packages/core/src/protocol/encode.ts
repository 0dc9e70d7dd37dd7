import type { Frame, Greeting, WireRecord } from "./shapes.ts";

/**
 * A frame, or a record as it stands in frames: made once, and kept as text for replay and fan-out. Absent values are left out at the
 * end. Pings and pongs are their own text.
 */
export function encode(tuple: Exclude<Frame, readonly ["ping" | "pong"]> | Greeting | WireRecord): string {
  return JSON.stringify(trimmed(tuple));
}

/** A frame of records whose texts are joined, not made again. PROTOCOL.md section 5.7. */
export function encodeData(offset: number, texts: readonly string[], ack: number | undefined): string {
  return `["data",${offset},[${texts.join(",")}]${ack === undefined ? "" : `,${ack}`}]`;
}

function trimmed(tuple: readonly unknown[]): readonly unknown[] {
  return tuple.at(-1) === undefined ? trimmed(tuple.slice(0, -1)) : tuple;
}
