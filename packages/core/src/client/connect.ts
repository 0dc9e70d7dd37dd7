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
  /**
   * A connection that holds. Strings arrive as they come, bytes at `binary`.
   *
   * @throws HoldfastError `CONFIG` for a URL, option or schema that cannot be, naming it and its value.
   */
  (url: Provided<string | URL>, options?: ConnectOptions & Extra): Connection;
  /**
   * A connection that holds. With a format and no schemas: anything that the format takes.
   *
   * @throws HoldfastError `CONFIG` for a URL, option or schema that cannot be, naming it and its value.
   */
  (url: Provided<string | URL>, options: FormatOptions & Extra): Connection<unknown, unknown>;
  // Last: what is wrong with options is told of the last one, and this one knows them all.
  /**
   * A connection that holds. With schemas: what arrives and leaves is typed and checked.
   *
   * @throws HoldfastError `CONFIG` for a URL, option or schema that cannot be, naming it and its value.
   */
  <I extends $ZodType, O extends $ZodType>(
    url: Provided<string | URL>,
    options: TypedConnectOptions<I, O> & Extra,
  ): Connection<output<I>, output<O>>;
}
