import type { Frame, WireRecord } from "./shapes.ts";

/** A record as it stands in frames; made once, and kept as text for replay and fan-out. Absent values are left out at the end. */
export function encodeRecord(record: WireRecord): string {
  return JSON.stringify(trimmed(record));
}

/** A frame of records whose texts are joined, not made again. PROTOCOL.md section 5.7. */
export function encodeData(offset: number, texts: readonly string[], ack: number | undefined): string {
  return `["data",${offset},[${texts.join(",")}]${ack === undefined ? "" : `,${ack}`}]`;
}

/** Any other frame. */
export function encode(frame: Frame): string {
  return frame[0] === "ping" || frame[0] === "pong" ? frame[0] : JSON.stringify(trimmed(frame));
}

function trimmed(tuple: readonly unknown[]): readonly unknown[] {
  if (tuple.at(-1) !== undefined) return tuple;
  const last = tuple.findLastIndex((element) => element !== undefined);
  return tuple.slice(0, last + 1);
}
