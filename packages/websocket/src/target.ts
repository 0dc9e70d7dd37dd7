import { domError } from "./dom-error.ts";

/**
 * The URL as a socket is opened with: absolute, `ws:` or `wss:`, without a fragment.
 *
 * @throws `SyntaxError` for any other.
 */
export function resolveUrl(url: unknown): string {
  const text = `${url as string}`;
  const href = parse(text, baseUrl()).replace(/^http/, "ws");
  if (!/^wss?:[^#]*$/.test(href)) {
    throw domError(
      "SyntaxError",
      `the URL must be ws, wss, http or https and have no fragment, but is ${href}`,
    );
  }
  // The URL of old React Native is no parser: it ends whatever it gets with a slash.
  if (parse("ws://a/b") !== "ws://a/b") return text.replace(/^http/i, "ws");
  return parse(href);
}

/**
 * The subprotocols as a list. `null` is none, as partysocket has it.
 *
 * @throws `SyntaxError` for one that is no token, or that is there twice.
 */
export function resolveProtocols(protocols: unknown): readonly string[] {
  const isList = typeof protocols === "object" && protocols !== null && Symbol.iterator in protocols;
  const list = Array.from(
    isList ? (protocols as Iterable<unknown>) : [protocols ?? []].flat(),
    (name) => `${name as string}`,
  );
  const lower = list.map((name) => name.toLowerCase());
  for (const [i, name] of list.entries()) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || lower.indexOf(name.toLowerCase()) !== i) {
      throw domError("SyntaxError", `the subprotocol "${name}" is no token, or is there twice`);
    }
  }
  return list;
}

function baseUrl(): string | undefined {
  const { document, location } = globalThis as Partial<typeof globalThis>;
  return document?.baseURI ?? location?.href;
}

function parse(text: string, base?: string): string {
  try {
    return new URL(text, base).href;
  } catch {
    throw domError("SyntaxError", `the URL "${text}" is invalid`);
  }
}
