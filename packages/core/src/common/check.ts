import { HoldfastError } from "../holdfast-error.ts";

/** Refuses an option that cannot be. @throws HoldfastError `CONFIG`, naming the option and the value. */
export function check(name: string, value: unknown, isFine: boolean, wanted: string, cause?: unknown): void {
  if (isFine) return;
  const shown = typeof value === "string" ? `"${value}"` : String(value);
  throw new HoldfastError("CONFIG", `${name} must be ${wanted}, but is ${shown}`, cause);
}
