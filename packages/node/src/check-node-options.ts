import { Agent, validateHeaderName, validateHeaderValue } from "node:http";
import { createSecureContext } from "node:tls";
import { createDeflateRaw, createInflateRaw, type ZlibOptions } from "node:zlib";
import { checkOption } from "@holdfast/core";
import type { NodeOptions } from "./options.ts";

/**
 * What Node would refuse at every dial is refused once, at construction.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
export function checkNodeOptions(options: NodeOptions, url: unknown): void {
  checkOption("options", options, typeof options === "object" && options !== null, "an object");
  const { headers, tls, agent, perMessageDeflate, maxPayloadBytes, unref } = options;
  checkOption("tls", tls, isObjectOrAbsent(tls), "an object");
  attempt("tls", tls, "what tls.connect takes", () => tls && createSecureContext(tls));
  checkOption("agent", agent, agent === undefined || isAgent(agent), "an http.Agent");
  // Others may know both.
  const isForTls = typeof url !== "function" && /^(ws|http)s:/i.test(String(url));
  const isPlain = agent?.constructor === Agent;
  checkOption("agent", agent, !(isForTls && isPlain), "an https.Agent for a URL with TLS");
  const isDeflate = typeof perMessageDeflate === "boolean" || isObjectOrAbsent(perMessageDeflate);
  checkOption("perMessageDeflate", perMessageDeflate, isDeflate, "true, false or an object");
  // With the first message that is compressed, where nobody could catch it.
  attempt("perMessageDeflate", perMessageDeflate, "what zlib takes", () => {
    if (typeof perMessageDeflate !== "object") return;
    createInflateRaw(perMessageDeflate.zlibInflateOptions).close();
    createDeflateRaw(perMessageDeflate.zlibDeflateOptions as ZlibOptions).close();
  });
  const isSize = maxPayloadBytes === undefined || (Number.isInteger(maxPayloadBytes) && maxPayloadBytes >= 0);
  checkOption("maxPayloadBytes", maxPayloadBytes, isSize, "a whole number from 0");
  checkOption("unref", unref, unref === undefined || typeof unref === "boolean", "true or false");
  if (typeof headers !== "function") checkHeaders(headers);
}

/**
 * Headers that have no entries of their own, as a `Headers` or a `Map`, would be none, and nobody would be told.
 *
 * @throws HoldfastError `CONFIG`, naming the header and its value.
 */
export function checkHeaders(headers: NodeOptions["headers"]): void {
  const isPlain = isObjectOrAbsent(headers) && !(Symbol.iterator in Object(headers));
  checkOption("headers", headers, isPlain, "a plain object or a function that gives one");
  for (const [name, value] of Object.entries(headers ?? {})) {
    attempt(`headers[${JSON.stringify(name)}]`, value, "a header of HTTP", () => {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    });
  }
}

/** What Node itself refuses. */
function attempt(name: string, value: unknown, wanted: string, act: () => unknown): void {
  try {
    act();
  } catch (cause) {
    checkOption(name, value, false, wanted, cause);
  }
}

function isObjectOrAbsent(value: unknown): boolean {
  return value === undefined || (typeof value === "object" && value !== null);
}

function isAgent(value: unknown): boolean {
  return typeof value === "object" && value !== null && "addRequest" in value;
}
