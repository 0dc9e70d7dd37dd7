import type { $ZodIssue, $ZodRawIssue, $ZodType } from "zod/v4/core";
import type { Data } from "../ports/transport.ts";
import { HoldfastError } from "../holdfast-error.ts";
import type { Format, MessageSchemas } from "./options.ts";

/** What arrived and could not be taken. */
export interface Invalid {
  /** What the schema refused, as zod tells it; empty when something threw. */
  readonly issues: readonly $ZodIssue[];
  /** What arrived, as it came. */
  readonly raw: Data;
  /** What the format, the schema or `isPong` threw. */
  readonly error?: unknown;
}

/** What a link's data turned out to be: an event and its payload, or nothing but a sign of life. */
export type Decoded =
  | readonly []
  | readonly [name: "message", message: unknown]
  | readonly [name: "binary", bytes: Uint8Array]
  | readonly [name: "invalid", invalid: Invalid];

/** Messages of one connection to data and back. */
export interface Codec {
  /** @throws HoldfastError `INVALID_MESSAGE` */
  encode(message: unknown): Data;
  decode(data: Data): Decoded;
}

const json: Format = { encode: JSON.stringify, decode: (data) => JSON.parse(data as string) };
const text: Format = { encode: (message) => message as Data, decode: (data) => data };

/** Schema and format in one. Binary stays binary, unless a format of the user's own wants it. */
export function createCodec(
  option: "json" | "text" | Format | undefined,
  { incoming, outgoing }: MessageSchemas,
  isPong?: (data: Data) => boolean,
): Codec {
  const isOwn = typeof option === "object";
  const isJson = option ? option === "json" : !!(incoming || outgoing);
  const format = isOwn ? option : isJson ? json : text;

  return {
    encode(message) {
      if (!isOwn && message instanceof Uint8Array) return message;
      let cause: unknown;
      try {
        const data: unknown = format.encode(outgoing ? encodeWith(outgoing, message) : message);
        if (typeof data === "string" || data instanceof Uint8Array) return data;
      } catch (error) {
        cause = error;
      }
      const words = cause ? (cause as Error).message : "becomes neither string nor Uint8Array";
      throw new HoldfastError("INVALID_MESSAGE", words, cause);
    },
    decode(raw) {
      try {
        if (isPong?.(raw)) return [];
        if (!isOwn && typeof raw !== "string") return ["binary", raw];
        const value = format.decode(raw);
        if (!incoming) return ["message", value];
        const { issues, value: message } = run(incoming, value);
        return issues.length ? ["invalid", { issues: inWords(incoming, value), raw }] : ["message", message];
      } catch (error) {
        return ["invalid", { issues: [], raw, error }];
      }
    },
  };
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

interface Run {
  readonly value: unknown;
  readonly issues: readonly $ZodRawIssue[];
}

/** zod gives words to its issues only here. The schema has just refused the value without throwing. */
function inWords(schema: $ZodType, value: unknown): readonly $ZodIssue[] {
  const result = schema["~standard"].validate(value);
  return ("issues" in result && result.issues ? result.issues : []) as readonly $ZodIssue[];
}

/** From what the program holds (`z.output`) to what travels (`z.input`). */
function encodeWith(schema: $ZodType, message: unknown): unknown {
  const { value, issues } = run(schema, message, "backward");
  const [issue] = issues;
  if (issue) throw Object.assign(new TypeError(describe(issue)), { issues });
  return value;
}

/** Where and what, without zod's words. */
function describe({ path = [], message, code, ...rest }: $ZodRawIssue): string {
  const { expected = "" } = rest as { expected?: unknown };
  return `${path.join(".")} ${message ?? `${code} ${String(expected)}`}`.trim();
}
