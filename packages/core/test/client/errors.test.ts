import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type ErrorCode, HoldfastError } from "../../src/holdfast-error.ts";

/** Every code there is, and whether the same call may succeed later. */
const errorCodes: Readonly<Record<ErrorCode, boolean>> = {
  CONFIG: false,
  CLOSED: false,
  LINK_DOWN: true,
  TIMEOUT: true,
  OUTBOX_FULL: true,
  INBOX_FULL: false,
  INVALID_MESSAGE: false,
  TOO_LARGE: false,
  SESSION_LOST: true,
  REMOTE: false,
  UNAUTHORIZED: false,
  FORBIDDEN: false,
  REPLACED: false,
  RATE_LIMITED: true,
  PROTOCOL: false,
};

describe("HoldfastError", () => {
  it("docs/errors.md has every code there is, no other, and says truly what is retryable", () => {
    const page = readFileSync(join(import.meta.dirname, "../../../../docs/errors.md"), "utf8");
    const rows = [...page.matchAll(/^\| `(\w+)` \|.*\| (yes|no) \|$/gm)];
    expect(Object.fromEntries(rows.map(([, code, word]) => [code, word === "yes"]))).toEqual(errorCodes);
    for (const [code, isRetryable] of Object.entries(errorCodes)) {
      expect(new HoldfastError(code as ErrorCode, "").retryable, code).toBe(isRetryable);
    }
  });

  it("is told by its code, also when it comes from another copy of the package", () => {
    const error = new HoldfastError("TIMEOUT", "nothing within 5 ms", "cause");
    const foreign = Object.assign(new Error("TIMEOUT: x"), { name: "HoldfastError", code: "TIMEOUT" });
    for (const one of [error, foreign]) {
      expect([
        HoldfastError.is(one),
        HoldfastError.is(one, "TIMEOUT"),
        HoldfastError.is(one, "CLOSED"),
      ]).toEqual([true, true, false]);
    }
    expect(HoldfastError.is(undefined) || HoldfastError.is(new Error("x"))).toBe(false);
    expect(error).toMatchObject({ message: "TIMEOUT: nothing within 5 ms", retryable: true, cause: "cause" });
  });
});
