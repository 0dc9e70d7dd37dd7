/** Every code there is, and whether the same call may succeed later. Cause and remedy of each: `docs/errors.md`. */
export const errorCodes = {
  CONFIG: false,
  CLOSED: false,
  LINK_DOWN: true,
  TIMEOUT: true,
  OUTBOX_FULL: true,
  INBOX_FULL: false,
  INVALID_MESSAGE: false,
} as const;

/** What went wrong, in a word that does not change between versions. */
export type ErrorCode = keyof typeof errorCodes;

/** The only error this library throws or rejects with, an aborted signal's reason aside. */
export class HoldfastError extends Error {
  override readonly name = "HoldfastError";
  /** What went wrong; decide by this, never by the message. */
  readonly code: ErrorCode;
  /** Whether the same call may succeed later, unchanged. */
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(`${code}: ${message}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retryable = errorCodes[code];
  }

  /** Whether this is an error of ours, and of that code if one is named. Works across copies of the package. */
  static is<C extends ErrorCode = ErrorCode>(
    error: unknown,
    code?: C,
  ): error is HoldfastError & { readonly code: C } {
    const { name, code: own } = (error ?? {}) as Partial<HoldfastError>;
    return name === "HoldfastError" && (code === undefined || own === code);
  }
}
