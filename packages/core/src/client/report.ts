import type { Log, LogLevel } from "../ports/log.ts";

/** Tells the log. */
export type Report = (level: LogLevel, message: string, details: object) => void;

const logLevels: readonly string[] = ["debug", "info", "warn", "error", "off"];

/** A report to the console from a level upwards, or to the user's log, which gets everything and cannot break us. */
export function createReport(to: LogLevel | "off" | Log): Report {
  return async (level, message, details) => {
    try {
      // One that answers later may fail later.
      if (typeof to === "object")
        await (to.write({ level, message, details: details as Record<string, unknown> }) as unknown);
      else if (logLevels.indexOf(level) >= logLevels.indexOf(to)) {
        console[level](`[holdfast] ${message}`, details);
      }
    } catch {
      // A log that throws has nobody left to tell.
    }
  };
}

/** A function of the user's threw where nobody can catch it: told to the log and, where there is one, the global handler. */
export function reportThrown(report: Report, what: string, error: unknown): void {
  report("error", `${what} threw`, { error });
  try {
    (globalThis as { reportError?: (error: unknown) => void }).reportError?.(error);
  } catch {
    // Nobody is left to tell.
  }
}
