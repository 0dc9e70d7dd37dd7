import type { $ZodType } from "zod/v4/core";

/** What a schema's definition may hold of other schemas; zod gives each kind its own names. */
type Definition = Readonly<Record<string, unknown>> & { readonly type: string };

/**
 * Where in `schema` something cannot be encoded: a `transform` or `preprocess` knows only one way, an asynchronous
 * refinement cannot be waited for. `undefined`: nowhere. Codecs know both ways.
 */
export function findOneWay(schema: $ZodType, path = "", seen: Set<$ZodType> = new Set()): string | undefined {
  if (seen.has(schema)) return undefined;
  seen.add(schema);
  const def = schema._zod.def as unknown as Definition;
  if (def.type === "transform")
    return `${path} has a transform, which knows only one way: use a codec`.trim();
  if (def.type === "success") return `${path} tells whether it was valid, which knows only one way`.trim();
  if (def.type === "promise") return `${path} is a promise, which cannot be sent`.trim();
  for (const check of list(def["checks"])) {
    const { fn } = (check as { _zod?: { def?: { fn?: unknown } } })._zod?.def ?? {};
    if (isAsync(fn)) return asynchronous(path);
  }
  if (isAsync(def["fn"])) return asynchronous(path);
  if (isAsync(def["transform"]) || isAsync(def["reverseTransform"])) {
    return `${path} has an asynchronous codec, which nobody can wait for`.trim();
  }
  for (const [step, inner] of partsOf(def)) {
    const found = findOneWay(inner, path + step, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

function asynchronous(path: string): string {
  return `${path} has an asynchronous refinement, which nobody can wait for`.trim();
}

/** The schemas inside a schema, each with what it adds to the path. */
function* partsOf(def: Definition): Generator<readonly [step: string, schema: $ZodType]> {
  const single = [
    "in",
    "out",
    "innerType",
    "element",
    "keyType",
    "valueType",
    "rest",
    "catchall",
    "left",
    "right",
  ];
  for (const name of single) if (isSchema(def[name])) yield [name === "element" ? "[]" : "", def[name]];
  for (const [key, part] of Object.entries(def["shape"] ?? {})) if (isSchema(part)) yield [`.${key}`, part];
  for (const part of list(def["options"])) if (isSchema(part)) yield ["", part];
  for (const [index, part] of list(def["items"]).entries()) if (isSchema(part)) yield [`[${index}]`, part];
  if (def.type === "lazy") {
    const part = (def["getter"] as () => unknown)();
    if (isSchema(part)) yield ["", part];
  }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isSchema(value: unknown): value is $ZodType {
  return typeof value === "object" && value !== null && "_zod" in value;
}

function isAsync(fn: unknown): boolean {
  return typeof fn === "function" && fn.constructor.name === "AsyncFunction";
}
