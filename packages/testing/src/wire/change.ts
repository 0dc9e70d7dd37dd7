import type { $ZodType, $ZodTypes } from "zod/v4/core";

/** What JSON does to a value, and what to write instead. */
export interface Change {
  readonly problem: string;
  readonly remedy: string;
}

/** `undefined` as an element. */
export const undefinedInArray: Change = {
  problem: "undefined becomes null in an array",
  remedy: "use z.nullable(), or z.exactOptional() for the end of a tuple that may be left out",
};

/** `undefined` under a key that has to be there. */
export const undefinedUnderKey: Change = {
  problem: "a key whose value is undefined is left out, and the other side refuses that",
  remedy: "use z.optional(), which takes an absent key",
};

const changes: Readonly<Record<string, Change>> = {
  date: {
    problem: "a Date becomes a string",
    remedy: "use z.codec(z.iso.datetime(), z.date(), ...)",
  },
  map: {
    problem: "a Map becomes {}",
    remedy: "use z.record(), or z.codec(z.array(z.tuple([key, value])), z.map(key, value), ...)",
  },
  set: {
    problem: "a Set becomes {}",
    remedy: "use z.array(), or z.codec(z.array(value), z.set(value), ...)",
  },
  bigint: {
    problem: "JSON.stringify() throws for a bigint",
    remedy: "use z.codec(z.string(), z.bigint(), ...)",
  },
  symbol: { problem: "a symbol is left out, and becomes null in an array", remedy: "use z.enum()" },
  nan: { problem: "NaN becomes null", remedy: "use z.null() or z.nullable()" },
  file: { problem: "a File becomes {}", remedy: "upload it by other means, and send where it is" },
  function: {
    problem: "a function is left out, and becomes null in an array",
    remedy: "send a name, or let the other side have a call",
  },
};

/** What JSON does to every value of a schema, looked at without what is inside of it. */
export function changeOf(schema: $ZodType): Change | undefined {
  const { def } = (schema as $ZodTypes)._zod;
  // A date that coerces makes itself again from the string that it became.
  if (def.type === "date" && def.coerce) return undefined;
  if (def.type === "custom") return custom(schema);
  if (def.type === "literal") return literal(def.values);
  return changes[def.type];
}

function custom(schema: $ZodType): Change {
  const { Class } = schema._zod.bag as { readonly Class?: { readonly name: string } };
  return {
    problem: `nobody can tell what becomes of ${Class ? `an instance of ${Class.name}` : "a custom schema"}`,
    remedy: "use a codec whose first schema says what travels",
  };
}

/** Of literals, bigints and numbers that are none. */
function literal(values: readonly unknown[]): Change | undefined {
  if (values.some((value) => typeof value === "bigint")) return changes["bigint"];
  if (values.some((value) => typeof value === "number" && !Number.isFinite(value))) {
    return { problem: "NaN and Infinity become null", remedy: "use a string that says so" };
  }
  return undefined;
}
