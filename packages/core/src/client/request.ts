import type { DialRequest } from "../ports/transport.ts";
import { check } from "../common/check.ts";
import type { Attempt } from "./host.ts";
import type { Provided } from "./options.ts";

/** Where a connection goes: `[url, protocols, headers]`, before the providers are asked. */
export type Target = readonly [
  url: Provided<string | URL>,
  protocols: Provided<readonly string[]>,
  headers?: Provided<Readonly<Record<string, string>>> | undefined,
];

/**
 * Asks the providers of one attempt; without any it answers at once.
 *
 * @throws HoldfastError `CONFIG` for a URL that no socket can be made of.
 */
export function requestFor(
  target: Target,
  attempt: Attempt | undefined,
  base: string | undefined,
): DialRequest | Promise<DialRequest> {
  // Asynchronous each for itself, so that one that throws leaves no other's rejection to nobody.
  const parts: unknown[] = target.map((part) =>
    typeof part === "function" ? (async () => part(attempt as Attempt))() : part,
  );
  return target.some((part) => typeof part === "function")
    ? Promise.all(parts).then((all) => build(all as unknown as Answers, base))
    : build(parts as unknown as Answers, base);
}

/** Checks at construction what can be checked without asking a provider. */
export function checkUrl(url: Target[0], base: string | undefined): void {
  // At the rest nothing looks.
  if (typeof url !== "function") build([url] as unknown as Answers, base);
}

type Answers = readonly [
  url: string | URL,
  protocols: readonly string[],
  headers: Readonly<Record<string, string>> | undefined,
];

function build([url, protocols, headers]: Answers, base: string | undefined): DialRequest {
  const text = String(url);
  let href = "";
  let cause: unknown;
  try {
    // Of an `import.meta.env` that is not set a path would be made: "undefined". A fragment is refused.
    href = new URL(url ?? "#", base).href;
  } catch (error) {
    cause = error;
  }
  check("url", text, /^(ws|http)s?:[^#]*$/i.test(href), "a ws or http URL, no fragment", cause);
  // What was absolute stays as it was written: not every runtime's `URL` gives back what it got.
  return { url: (/^\w+:/.test(text) ? text : href).replace(/^http/i, "ws"), protocols, headers };
}
