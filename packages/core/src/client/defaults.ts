import { HoldfastError } from "./holdfast-error.ts";

/** Every default there is. Of a list of words, the first. */
export const defaults: Defaults = {
  backoff: {
    initialMs: 500,
    maxMs: 30_000,
    factor: 2,
    jitter: ["full", "none"],
    maxAttempts: Infinity,
  },
  heartbeat: { intervalMs: 25_000, timeoutMs: 10_000 },
  outbox: {
    maxBytes: 1_048_576,
    whileDown: ["hold", "reject", "drop"],
    overflow: ["throw", "drop-oldest"],
  },
  dialTimeoutMs: 10_000,
  closeTimeoutMs: 3_000,
  stableAfterMs: 5_000,
  start: ["eager", "lazy", "manual"],
};

/** The table of defaults. */
export interface Defaults {
  readonly backoff: {
    readonly initialMs: number;
    readonly maxMs: number;
    readonly factor: number;
    readonly jitter: readonly ("full" | "none")[];
    readonly maxAttempts: number;
  };
  readonly heartbeat: { readonly intervalMs: number; readonly timeoutMs: number };
  readonly outbox: {
    readonly maxBytes: number;
    readonly whileDown: readonly ("hold" | "reject" | "drop")[];
    readonly overflow: readonly ("throw" | "drop-oldest")[];
  };
  readonly dialTimeoutMs: number;
  readonly closeTimeoutMs: number;
  readonly stableAfterMs: number;
  readonly start: readonly ("eager" | "lazy" | "manual")[];
}

/** What a table of defaults becomes when it is filled in. */
export type Filled<T> = {
  readonly [K in keyof T]: T[K] extends readonly (infer Word)[]
    ? Word
    : T[K] extends number
      ? number
      : Filled<T[K]>;
};

/** `given` with every default in place. @throws HoldfastError `CONFIG`, naming the option and the value. */
export function fill<T extends object>(table: T, given: object = {}, path = ""): Filled<T> {
  const filled: Record<string, unknown> = {};
  for (const [name, fallback] of Object.entries(table)) {
    const value = (given as Record<string, unknown>)[name];
    const full = path + name;
    if (Array.isArray(fallback)) {
      filled[name] = value ?? fallback[0];
      check(full, filled[name], fallback.includes(filled[name]), fallback.join(" or "));
    } else if (typeof fallback === "object") {
      filled[name] = fill(fallback, typeof value === "object" ? (value ?? {}) : {}, `${full}.`);
    } else {
      filled[name] = value ?? fallback;
      check(full, filled[name], (filled[name] as number) >= 0, "a number from 0");
    }
  }
  return filled as Filled<T>;
}

/** Refuses an option that cannot be. @throws HoldfastError `CONFIG`, naming the option and the value. */
export function check(name: string, value: unknown, isFine: boolean, wanted: string, cause?: unknown): void {
  if (isFine) return;
  const shown = typeof value === "string" ? `"${value}"` : String(value);
  throw new HoldfastError("CONFIG", `${name} must be ${wanted}, but is ${shown}`, cause);
}
