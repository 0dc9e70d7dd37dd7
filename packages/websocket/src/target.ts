import { domError } from "./dom-error.ts";
import { textOf } from "./text-of.ts";

/**
 * The URL as a socket is opened with: absolute, `ws:` or `wss:`, without a fragment.
 *
 * @throws `SyntaxError` for any other.
 */
export function resolveUrl(url: unknown): string {
  const { document, location } = globalThis as Partial<typeof globalThis>;
  const text = textOf(url);
  let href = "";
  try {
    href = new URL(text, document?.baseURI ?? location?.href).href.replace(/^http/, "ws");
  } catch {
    // Then it is refused below.
  }
  if (!/^wss?:[^#]*$/.test(href)) throw domError("SyntaxError", `invalid URL: ${text}`);
  // What is a WebSocket URL stays as it was written: the URL of old React Native is no parser.
  return /^wss?:/i.test(text) ? text : href;
}

/**
 * The subprotocols as a list. `null` is none, as partysocket has it.
 *
 * @throws `SyntaxError` for one that is no token, or that is there twice.
 */
export function resolveProtocols(protocols: unknown): string[] {
  const list = (
    typeof protocols === "string" ? [protocols] : [...((protocols ?? []) as Iterable<unknown>)]
  ).map(String);
  const lower = list.map((name) => name.toLowerCase());
  if (lower.some((name, i) => !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || lower.indexOf(name) < i)) {
    throw domError("SyntaxError", `invalid subprotocols: ${list.join()}`);
  }
  return list;
}
