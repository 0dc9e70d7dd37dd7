import type { output, $ZodType } from "zod/v4/core";
import type { Connection } from "./connection.ts";
import type { ConnectOptions, FormatOptions, Provided, TypedConnectOptions } from "./options.ts";

/**
 * Opens a connection that holds.
 *
 * The URL may be a function, asked before every dial. Relative ones are resolved where the runtime has a page.
 *
 * @throws HoldfastError `CONFIG` for a URL, option or schema that cannot be, naming it and its value.
 */
export interface Connect<Extra = unknown> {
  /** With schemas: what arrives and leaves is typed and checked. */
  <I extends $ZodType, O extends $ZodType>(
    url: Provided<string | URL>,
    options: TypedConnectOptions<I, O> & Extra,
  ): Connection<output<I>, output<O>>;
  /** With a format and no schemas: anything that the format takes. */
  (url: Provided<string | URL>, options: FormatOptions & Extra): Connection<unknown, unknown>;
  /** Strings arrive as they come, bytes at `binary`. */
  (url: Provided<string | URL>, options?: ConnectOptions & Extra): Connection;
}
