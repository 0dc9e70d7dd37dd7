import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { errorCodes, HoldfastError } from "../../src/holdfast-error.ts";

describe("HoldfastError", () => {
  it("docs/errors.md has every code there is, no other, and says truly what is retryable", () => {
    const page = readFileSync(join(import.meta.dirname, "../../../../docs/errors.md"), "utf8");
    const rows = [...page.matchAll(/^\| `(\w+)` \|.*\| (yes|no) \|$/gm)];
    expect(Object.fromEntries(rows.map(([, code, word]) => [code, word === "yes"]))).toEqual(errorCodes);
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
