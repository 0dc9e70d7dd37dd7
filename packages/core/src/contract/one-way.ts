import type { $ZodType } from "zod/v4/core";

/** What a schema's definition may hold of other schemas; zod gives each kind its own names. */
type Definition = Readonly<Record<string, unknown>> & { readonly type: string };

/** A schema that is made anew whenever it is looked at has no end: so many show enough. */
const mostSchemas = 10_000;

/**
 * Where in `schema` something cannot be encoded: a `transform` or `preprocess` knows only one way, an asynchronous
 * refinement cannot be waited for. `undefined`: nowhere. Codecs know both ways.
 */
export function findOneWay(schema: $ZodType, path: string): string | undefined {
  const found = new Map<$ZodType, string>([[schema, path]]);
  for (const [one, at] of found) {
    const def = one._zod.def as unknown as Definition;
    const problem = problemOf(def);
    if (problem !== undefined) return `${at} ${problem}`;
    if (found.size > mostSchemas) continue;
    for (const [step, inner] of partsOf(def)) if (!found.has(inner)) found.set(inner, at + step);
  }
  return undefined;
}

function problemOf(def: Definition): string | undefined {
  // To zod, `success` is a transform by another name.
  if (def.type === "transform" || def.type === "success") {
    return "has a transform, which knows one way: use a codec";
  }
  if (def.type === "promise") return "is a promise";
  const refinements = list(def["checks"]).map((one) => (one as Refinement)._zod?.def?.fn);
  const what = [...refinements, def["fn"]].some(isAsync)
    ? "refinement"
    : [def["transform"], def["reverseTransform"]].some(isAsync) && "codec";
  return what ? `has an asynchronous ${what}, which nobody can wait for` : undefined;
}

interface Refinement {
  readonly _zod?: { readonly def?: { readonly fn?: unknown } };
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

export function isSchema(value: unknown): value is $ZodType {
  return typeof value === "object" && value !== null && "_zod" in value;
}

function isAsync(fn: unknown): boolean {
  return typeof fn === "function" && fn.constructor.name === "AsyncFunction";
}
