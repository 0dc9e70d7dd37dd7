import { parseRecord } from "../protocol/decode.ts";
import type { WireRecord } from "../protocol/shapes.ts";
import { type Entries, entryOf, fromWire } from "./speech.ts";

/** What nobody can tell whether the other end had it. */
export interface InDoubt {
  readonly kind: "event" | "call" | "stream";
  readonly name: string;
  readonly payload: unknown;
}

/** What a record of ours said or asked, as the program said it. Kept as text only: it is looked at when it is lost. */
export function inDoubtOf(text: string, entries: Entries): InDoubt {
  const [kind, name, payload] = partsOf(parseRecord(text));
  const entry = entryOf(entries, name, kind);
  const schema = entry && ("payload" in entry ? entry.payload : entry.input);
  try {
    return { kind, name, payload: fromWire(schema, payload, name) };
  } catch {
    return { kind, name, payload };
  }
}

function partsOf(record: WireRecord): readonly [kind: InDoubt["kind"], name: string, payload: unknown] {
  if (record[0] === "event") return ["event", record[1], record[2]];
  if (record[0] === "open") return ["stream", record[2], record[4]];
  return ["call", record[2] as string, record[3]];
}
