import type { $ZodIssue, $ZodType } from "zod/v4/core";
import { byteLength } from "../common/byte-length.ts";
import type { Entry } from "../contract/entry.ts";
import { decodeWith, encodeWith } from "../contract/schema.ts";
import { HoldfastError } from "../holdfast-error.ts";
import { encode } from "../protocol/encode.ts";
import { own } from "../protocol/own.ts";
import type { WireRecord } from "../protocol/shapes.ts";

/** What one side of a contract may say, by name. */
export type Entries = Readonly<Record<string, Entry>>;

/** A record made for the wire: once, and kept as text. */
export interface Said {
  readonly text: string;
  readonly bytes: number;
}

/** The entry of that name and kind. */
export function entryOf<K extends Entry["kind"]>(
  entries: Entries,
  name: string,
  kind: K,
): (Entry & { readonly kind: K }) | undefined {
  const entry = own(entries, name);
  return entry?.kind === kind ? (entry as Entry & { readonly kind: K }) : undefined;
}

/** The entry that the program names. @throws HoldfastError `CONFIG` */
export function ownEntry<K extends Entry["kind"]>(
  entries: Entries,
  name: string,
  kind: K,
): Entry & { readonly kind: K } {
  const entry = entryOf(entries, name, kind);
  if (entry) return entry;
  throw new HoldfastError("CONFIG", `the contract has no ${kind} "${name}" to send`);
}

/** A value for the wire. Without a schema there is none. @throws HoldfastError `INVALID_MESSAGE` */
export function toWire(schema: $ZodType | undefined, value: unknown, name: string): unknown {
  try {
    return schema && encodeWith(schema, value);
  } catch (cause) {
    throw invalid(name, cause);
  }
}

/** A record as text. @throws HoldfastError `INVALID_MESSAGE` for what JSON cannot say */
export function say(record: WireRecord, name: string): Said {
  try {
    const text = encode(record);
    return { text, bytes: bytesOf(text) };
  } catch (cause) {
    throw invalid(name, cause);
  }
}

/** Node counts without encoding. */
interface Counting {
  readonly Buffer?: { byteLength(text: string): number };
}

function bytesOf(text: string): number {
  return (globalThis as Counting).Buffer?.byteLength(text) ?? byteLength(text);
}

function invalid(name: string, cause: unknown): HoldfastError {
  return new HoldfastError("INVALID_MESSAGE", `${name}: ${(cause as Error | undefined)?.message}`, cause);
}

/** What arrived: its value, or why it has none. Without a schema there is nothing to look at. */
export function inspect(schema: $ZodType | undefined, wire: unknown): Inspected {
  try {
    return schema ? decodeWith(schema, wire) : {};
  } catch (error) {
    return { issues: [], error };
  }
}

interface Inspected {
  readonly value?: unknown;
  /** What the schema refuses, as zod tells it; empty when it threw. */
  readonly issues?: readonly $ZodIssue[] | undefined;
  readonly error?: unknown;
}

/** What arrived as an answer. @throws HoldfastError `INVALID_MESSAGE` with zod's issues as its cause */
export function fromWire(schema: $ZodType | undefined, wire: unknown, name: string): unknown {
  const { value, issues, error } = inspect(schema, wire);
  if (!issues) return value;
  const cause = error ?? Object.assign(new TypeError("the schema refuses it"), { issues });
  throw new HoldfastError("INVALID_MESSAGE", `${name}: the answer breaks the contract`, cause);
}
