import { check } from "../common/check.ts";
import type { Attempt } from "./host.ts";
import type { Provided } from "./options.ts";

/**
 * Subprotocols as a list; those of a provider when it is asked.
 *
 * @throws HoldfastError `CONFIG` for what no socket can be made of.
 */
export function listed(protocols: Provided<string | readonly string[]> = []): Provided<readonly string[]> {
  if (typeof protocols === "function")
    return async (attempt: Attempt) => listed(await protocols(attempt)) as readonly string[];
  if (typeof protocols === "string") return listed([protocols]);
  // RFC 6455 section 4.1: each a token of HTTP, none twice.
  const isFine =
    Array.isArray(protocols) &&
    protocols.every((name, i) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && protocols.indexOf(name) === i);
  check("protocols", protocols, isFine, "HTTP tokens, none twice");
  return protocols;
}
