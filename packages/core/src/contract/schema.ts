import type { $ZodIssue, $ZodRawIssue, $ZodType } from "zod/v4/core";

interface Run {
  readonly value: unknown;
  readonly issues: readonly $ZodRawIssue[];
}

/**
 * Asks the schema itself, for the functions of zod would cost a third of this package (docs/decisions/0002).
 * Not through `~standard`: where something throws, that tries again asynchronously and leaves a rejection to nobody.
 */
function run(schema: $ZodType, value: unknown, direction: "forward" | "backward" = "forward"): Run {
  const result = schema._zod.run({ value, issues: [] }, { async: false, direction });
  // A schema that answers later would let messages overtake each other.
  if ("then" in result) throw new TypeError("the schema is asynchronous");
  return result;
}

/** What arrived, checked: the program's value, or zod's issues in words. May throw what the schema throws. */
export function decodeWith(schema: $ZodType, wire: unknown): Decoded {
  const { value, issues } = run(schema, wire);
  return { value, issues: issues.length ? inWords(schema, wire) : undefined };
}

interface Decoded {
  readonly value: unknown;
  readonly issues: readonly $ZodIssue[] | undefined;
}

/** zod gives words to its issues only here. The schema has just refused the value without throwing. */
function inWords(schema: $ZodType, value: unknown): readonly $ZodIssue[] {
  const result = schema["~standard"].validate(value);
  return ("issues" in result && result.issues ? result.issues : []) as readonly $ZodIssue[];
}

/** From what the program holds (`z.output`) to what travels (`z.input`). @throws TypeError with `issues` */
export function encodeWith(schema: $ZodType, message: unknown): unknown {
  const { value, issues } = run(schema, message, "backward");
  const [issue] = issues;
  if (issue) throw Object.assign(new TypeError(describe(issue)), { issues });
  return value;
}

/** Where and what, without zod's words. */
function describe({ path = [], message, code, ...rest }: $ZodRawIssue): string {
  const { expected = "" } = rest as { expected?: string };
  return `${path.join(".")} ${message ?? `${code} ${expected && `(expected ${expected})`}`}`.trim();
}
