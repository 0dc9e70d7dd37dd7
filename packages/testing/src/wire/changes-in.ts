import type { $ZodType } from "zod/v4/core";
import { type Change, changeOf, undefinedInArray, undefinedUnderKey } from "./change.ts";
import { mayBeUndefined } from "./may-be-undefined.ts";
import { partsOf } from "./parts-of.ts";

/** A change, and where it happens. */
export interface PlacedChange extends Change {
  readonly path: string;
}

/** What JSON changes of what `schema` writes, in the order of the schema. What is inside a change is not looked at. */
export function* changesIn(
  schema: $ZodType,
  path = "",
  seen: Set<$ZodType> = new Set(),
): Generator<PlacedChange> {
  const change = changeOf(schema);
  if (change) {
    yield { path, ...change };
    return;
  }
  // Seen only now: a date that is used twice is told of twice, what holds it and refers to itself ends.
  if (seen.has(schema)) return;
  seen.add(schema);
  for (const part of partsOf(schema)) {
    const partPath = path === "" ? part.step.replace(/^\./, "") : path + part.step;
    if (part.place === "element" && mayBeUndefined(part.schema))
      yield { path: partPath, ...undefinedInArray };
    if (part.place === "key" && mayBeUndefined(part.schema) && !mayBeAbsent(part.schema)) {
      yield { path: partPath, ...undefinedUnderKey };
    }
    yield* changesIn(part.schema, partPath, seen);
  }
}

/** Whether an object is taken that has no such key. */
function mayBeAbsent(schema: $ZodType): boolean {
  return schema._zod.optin !== undefined;
}
