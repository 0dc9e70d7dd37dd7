import type { $ZodLazy, $ZodType, $ZodTypes } from "zod/v4/core";

/** A schema inside another one, on its wire side. */
export interface Part {
  readonly schema: $ZodType;
  /** What it adds to the path. */
  readonly step: string;
  /** What JSON makes of `undefined` there: `null` of an element, nothing under a key; `same` is where the whole is. */
  readonly place: "element" | "key" | "same";
}

/** The schemas directly inside a schema. Of a codec and a pipe only what travels, which is what goes in. */
export function* partsOf(schema: $ZodType): Generator<Part> {
  const { def } = (schema as $ZodTypes)._zod;
  if (def.type === "object") {
    for (const [key, part] of Object.entries(def.shape))
      yield { schema: part, step: `.${key}`, place: "key" };
    if (def.catchall) yield { schema: def.catchall, step: ".*", place: "same" };
  } else if (def.type === "record") {
    yield { schema: def.keyType, step: ".*", place: "same" };
    yield { schema: def.valueType, step: ".*", place: "same" };
  } else if (def.type === "array") {
    yield { schema: def.element, step: "[]", place: "element" };
  } else if (def.type === "tuple") {
    for (const [index, part] of def.items.entries()) {
      yield { schema: part, step: `[${index}]`, place: "element" };
    }
    if (def.rest) yield { schema: def.rest, step: "[]", place: "element" };
  } else {
    for (const part of layersOf(schema)) yield { schema: part, step: "", place: "same" };
  }
}

/** The schemas that a schema is made of without adding to its path: one of them, all of them, or the only one. */
export function layersOf(schema: $ZodType): readonly $ZodType[] {
  const { def } = (schema as $ZodTypes)._zod;
  if (def.type === "union") return def.options;
  if (def.type === "intersection") return [def.left, def.right];
  if (def.type === "pipe") return [def.in];
  // zod remembers what the getter made; asked again, it might make another one, and so on without end.
  if (def.type === "lazy") return [(schema as $ZodLazy)._zod.innerType];
  return "innerType" in def ? [def.innerType] : [];
}
