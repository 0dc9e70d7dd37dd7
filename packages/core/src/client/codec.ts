import type { $ZodIssue } from "zod/v4/core";
import { decodeWith, encodeWith } from "../contract/schema.ts";
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

const json: Format = { encode: JSON.stringify, decode: JSON.parse as Format["decode"] };
const text: Format = { encode: (message) => message as Data, decode: (data) => data };

/** Schema and format in one. Binary stays binary, unless a format of the user's own wants it. */
export function createCodec(
  option: "json" | "text" | Format | undefined,
  { incoming, outgoing }: MessageSchemas,
  isPong?: (data: Data) => boolean,
): Codec {
  const isOwn = typeof option === "object";
  const isJson = option ? option === "json" : incoming || outgoing;
  const format = isOwn ? option : isJson ? json : text;

  return {
    encode(message) {
      if (!isOwn && message instanceof Uint8Array) return message;
      try {
        const data: unknown = format.encode(outgoing ? encodeWith(outgoing, message) : message);
        if (typeof data === "string" || data instanceof Uint8Array) return data;
        throw new TypeError("neither string nor Uint8Array: see format");
      } catch (cause) {
        throw new HoldfastError("INVALID_MESSAGE", (cause as Error)?.message, cause);
      }
    },
    decode(raw) {
      try {
        if (isPong?.(raw)) return [];
        if (!isOwn && typeof raw !== "string") return ["binary", raw];
        const value = format.decode(raw);
        if (!incoming) return ["message", value];
        const { value: message, issues } = decodeWith(incoming, value);
        return issues ? ["invalid", { issues, raw }] : ["message", message];
      } catch (error) {
        return ["invalid", { issues: [], raw, error }];
      }
    },
  };
}
