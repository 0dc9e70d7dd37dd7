import { domError } from "./dom-error.ts";

/**
 * The URL as a socket is opened with: absolute, `ws:` or `wss:`, without a fragment.
 *
 * @throws `SyntaxError` for any other.
 */
export function resolveUrl(url: unknown): string {
  const { document, location } = globalThis as Partial<typeof globalThis>;
  const text = `${url as string}`;
  let href = text;
  let isParser = true;
  try {
    href = new URL(text, document?.baseURI ?? location?.href).href.replace(/^http/, "ws");
    // The URL of old React Native is no parser: it ends whatever it gets with a slash.
    isParser = new URL("ws://a/b").href === "ws://a/b";
  } catch {
    href = "";
  }
  if (!/^wss?:[^#]*$/.test(href)) throw domError("SyntaxError", `invalid WebSocket URL: ${text}`);
  return isParser ? href : text.replace(/^http/i, "ws");
}

/**
 * The subprotocols as a list. `null` is none, as partysocket has it.
 *
 * @throws `SyntaxError` for one that is no token, or that is there twice.
 */
export function resolveProtocols(protocols: unknown): readonly string[] {
  const isList = typeof protocols === "object";
  const list = (isList ? [...((protocols ?? []) as Iterable<unknown>)] : [protocols]).map((name) => `${name as string}`);
  const isFine = list.every((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name));
  if (!isFine || new Set(list.map((name) => name.toLowerCase())).size < list.length) {
    throw domError("SyntaxError", `invalid subprotocols: ${list.join()}`);
  }
  return list;
}
