import type { $ZodType, $ZodTypes } from "zod/v4/core";
import { layersOf } from "./parts-of.ts";

/** Whether `undefined` is among what `schema` writes. `any` and `unknown` are taken to know better. */
export function mayBeUndefined(schema: $ZodType, seen: ReadonlySet<$ZodType> = new Set()): boolean {
  if (seen.has(schema)) return false;
  const { def, traits } = (schema as $ZodTypes)._zod;
  if (def.type === "undefined" || def.type === "void") return true;
  if (def.type === "literal") return def.values.includes(undefined);
  // What is exactly optional may be left out, and is never there as undefined.
  if (def.type === "optional" && !traits.has("$ZodExactOptional")) return true;
  if (def.type === "nonoptional") return false;
  const may = (layer: $ZodType): boolean => mayBeUndefined(layer, new Set([...seen, schema]));
  const layers = layersOf(schema);
  return def.type === "intersection" ? layers.every(may) : layers.some(may);
}
