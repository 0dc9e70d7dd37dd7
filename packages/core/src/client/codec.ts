import type { $ZodIssue, $ZodRawIssue, $ZodType } from "zod/v4/core";
import type { Data } from "../ports/transport.ts";
import { HoldfastError } from "../holdfast-error.ts";
import type { Format, MessageSchemas } from "./options.ts";

/** What arrived and could not be taken. */
export interface Invalid {
  /** What the schema refused, as zod tells it; empty when the format could not be decoded. */
  readonly issues: readonly $ZodIssue[];
  /** What arrived, as it came. */
  readonly raw: Data;
  /** What the format, or `isPong`, threw. */
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

/** Schema and format in one. Binary stays binary, unless a format of the user's own wants it. */
export function createCodec(
  option: "json" | "text" | Format | undefined,
  { incoming, outgoing }: MessageSchemas,
  isPong?: (data: Data) => boolean,
): Codec {
  const isOwn = typeof option === "object";
  const isJson = option ? option === "json" : !!(incoming || outgoing);
  const { encode, decode }: Format = isOwn
    ? option
    : isJson
      ? { encode: JSON.stringify, decode: (data) => JSON.parse(data as string) }
      : { encode: (message) => message as Data, decode: (data) => data };

  return {
    encode(message) {
      if (!isOwn && message instanceof Uint8Array) return message;
      let cause: unknown;
      try {
        const data: unknown = encode(outgoing ? encodeWith(outgoing, message) : message);
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
        const value = decode(raw);
        if (!incoming) return ["message", value];
        const result = settled(incoming["~standard"].validate(value));
        return result.issues
          ? ["invalid", { issues: result.issues as readonly $ZodIssue[], raw }]
          : ["message", result.value];
      } catch (error) {
        return ["invalid", { issues: [], raw, error }];
      }
    },
  };
}

/**
 * From what the program holds (`z.output`) to what travels (`z.input`).
 * Asks the schema itself, for the functions of zod would cost a third of this package (docs/decisions/0002).
 */
function encodeWith(schema: $ZodType, value: unknown): unknown {
  const run = settled(schema._zod.run({ value, issues: [] }, { async: false, direction: "backward" }));
  const [issue] = run.issues;
  if (issue) throw Object.assign(new TypeError(describe(issue)), { issues: run.issues });
  return run.value;
}

/** A schema that answers later would let messages overtake each other. */
function settled<T extends object>(result: T | PromiseLike<T>): T {
  if ("then" in result) throw new TypeError("the schema is asynchronous");
  return result;
}

/** zod gives words to an issue only later; these say where and what. */
function describe({ path = [], message, code, ...rest }: $ZodRawIssue): string {
  const { expected = "" } = rest as { expected?: unknown };
  return `${path.join(".")} ${message ?? `${code} ${String(expected)}`}`.trim();
}
