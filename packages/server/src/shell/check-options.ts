import { check, type Contract, type Entries } from "@holdfast/core/exchange";
import type { ServerOptions } from "../options.ts";

/** What an end says when it has no answer of the contract's. PROTOCOL.md section 4.2. */
const reserved: ReadonlySet<string> = new Set([
  "UNKNOWN",
  "NO_HANDLER",
  "BUSY",
  "INVALID",
  "INTERNAL",
  "TOO_LARGE",
]);

/** An error of the contract's that is called like one of the protocol's would be taken for it. @throws HoldfastError `CONFIG` */
export function checkErrorCodes({ fromClient, fromServer }: Contract): void {
  for (const [side, entries] of Object.entries({ fromClient, fromServer } as Record<string, Entries>)) {
    for (const [name, entry] of Object.entries(entries)) {
      for (const code of Object.keys("errors" in entry ? entry.errors : {})) {
        check(`${side}.${name}.errors`, code, !reserved.has(code), "codes that the protocol does not use");
      }
    }
  }
}

/** An entry that no page can have as its origin would refuse everybody, and nobody would know why. @throws HoldfastError `CONFIG` */
export function checkOrigins(allowed: ServerOptions["allowedOrigins"]): void {
  if (allowed === undefined || allowed === "any") return;
  check("allowedOrigins", allowed, Array.isArray(allowed), 'a list of origins, or "any"');
  for (const [index, origin] of allowed.entries()) {
    check(`allowedOrigins[${index}]`, origin, isOrigin(origin), "an origin, as https://app.example");
  }
}

/** Whether a page can have it as its origin, and says it like this. Only of the web's own schemes is it known how. */
function isOrigin(origin: unknown): boolean {
  if (typeof origin !== "string") return false;
  if (/^https?:/i.test(origin)) return !origin.includes("*") && URL.parse(origin)?.origin === origin;
  return origin === "null" || /^[a-z][a-z\d+.-]*:\/\/[^/?#\s]*$/.test(origin);
}
