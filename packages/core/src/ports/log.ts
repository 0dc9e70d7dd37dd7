/** How bad it is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** One thing that happened, with its facts. */
export interface LogEntry {
  readonly level: LogLevel;
  /** Which kind of thing, in words that do not change: `"link lost"`. */
  readonly message: string;
  /** The facts: attempt, code, delay, error. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Takes what happens. `write` MUST NOT throw; if it does, the entry is lost and nothing else. */
export interface Log {
  write(entry: LogEntry): void;
}
