import { check } from "../common/check.ts";
import type { Log, LogLevel } from "../ports/log.ts";

/**
 * The options that all have and their defaults, in the notation of {@link Filled}: a number; words, of which the first is the default
 * (`"{a, b}"` among them: or an object with these methods); `null` for a function that may be absent; a table of its own.
 */
interface CommonDefaults {
  readonly backoff: {
    readonly initialMs: number;
    readonly maxMs: number;
    readonly factor: number;
    readonly jitter: readonly ("full" | "none")[];
    readonly maxAttempts: number;
  };
  readonly dialTimeoutMs: number;
  readonly closeTimeoutMs: number;
  readonly stableAfterMs: number;
  readonly start: readonly ("eager" | "lazy" | "manual")[];
  readonly log: readonly (LogLevel | "off" | Log)[];
  readonly signal: readonly unknown[];
}

/** Every option of a connection. */
export interface Options extends CommonDefaults {
  readonly heartbeat: {
    readonly intervalMs: number;
    readonly timeoutMs: number;
    readonly isPong: null;
  };
  readonly outbox: {
    readonly maxBytes: number;
    readonly whileDown: readonly ("hold" | "reject" | "drop")[];
    readonly overflow: readonly ("throw" | "drop-oldest")[];
  };
  readonly messages: object;
  readonly format: readonly unknown[];
  readonly greet: null;
  readonly verdict: null;
}

/** Every option of a client. */
export interface ClientDefaults extends CommonDefaults {
  readonly outbox: { readonly maxBytes: number; readonly whileDown: readonly ("hold" | "reject")[] };
  readonly storage: readonly ("none" | "session")[];
}

const common: CommonDefaults = {
  backoff: { initialMs: 500, maxMs: 30_000, factor: 2, jitter: ["full", "none"], maxAttempts: Infinity },
  dialTimeoutMs: 10_000,
  closeTimeoutMs: 3_000,
  stableAfterMs: 5_000,
  start: ["eager", "lazy", "manual"],
  log: ["warn", "debug", "info", "error", "off", "{write}" as never],
  signal: [undefined, "an AbortSignal {addEventListener}"],
};
const maxBytes = 1_048_576;

/** Functions, both, so that who imports only `connect` or `createClient` does not carry the other's. */
export function connectionDefaults(): Options {
  return {
    ...common,
    heartbeat: { intervalMs: 25_000, timeoutMs: 10_000, isPong: null },
    outbox: { maxBytes, whileDown: ["hold", "reject", "drop"], overflow: ["throw", "drop-oldest"] },
    messages: {},
    format: [undefined, "json", "text", "{encode, decode}"],
    greet: null,
    verdict: null,
  };
}

/** See {@link connectionDefaults}. */
export function clientDefaults(): ClientDefaults {
  return { ...common, outbox: { maxBytes, whileDown: ["hold", "reject"] }, storage: ["none", "session"] };
}

/** What a table of defaults becomes when it is filled in. */
export type Filled<T> = {
  readonly [K in keyof T]: T[K] extends readonly (infer Word)[]
    ? Word
    : T[K] extends number
      ? number
      : Filled<T[K]>;
};

/** What may stand where an object would. */
const instead: Readonly<Record<string, string | undefined>> = { backoff: "a function", heartbeat: '"off"' };

/** `given` with every default in place. @throws HoldfastError `CONFIG`, naming the option and the value. */
export function fill<T extends object>(table: T, given: object = {}, path = ""): Filled<T> {
  const filled: Record<string, unknown> = {};
  for (const [key, spec] of Object.entries(table)) {
    const name = path + key;
    const value = (given as Record<string, unknown>)[key];
    const type = value === null ? "null" : typeof value;
    let isFine = type === "function";
    let wanted = "a function";
    if (Array.isArray(spec)) {
      const has = (method: string): boolean =>
        typeof (value as Record<string, unknown> | null)?.[method] === "function";
      isFine = spec.some((word) => word === value || word?.match(/\w+(?=[,}])/g)?.every(has));
      wanted = spec.filter(Boolean).join(" or ");
      filled[key] = value ?? spec[0];
    } else if (typeof spec === "number") {
      // A heartbeat without time would never stop.
      const least = path === "heartbeat." ? 1 : 0;
      isFine = type === "number" && (value as number) >= least;
      wanted = `a number from ${least}`;
      filled[key] = value ?? spec;
    } else if (spec) {
      const other = instead[key];
      isFine = type === "object" || other === (isFine ? wanted : `"${String(value)}"`);
      wanted = ["an object", other].filter(Boolean).join(" or ");
      filled[key] = fill(spec, value ?? {}, `${name}.`);
    }
    check(name, value, value === undefined || isFine, wanted);
  }
  return filled as Filled<T>;
}
