/** What went wrong, in a word that does not change between versions. Cause and remedy of each: `docs/errors.md`. */
export type ErrorCode =
  | "CONFIG"
  | "CLOSED"
  | "LINK_DOWN"
  | "TIMEOUT"
  | "OUTBOX_FULL"
  | "INBOX_FULL"
  | "INVALID_MESSAGE"
  | "TOO_LARGE"
  | "SESSION_LOST"
  | "REMOTE"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "REPLACED"
  | "RATE_LIMITED"
  | "PROTOCOL";

/** After these the same call may succeed later. None of the others is part of one of them. */
const retryable = "LINK_DOWN TIMEOUT OUTBOX_FULL SESSION_LOST RATE_LIMITED";

/** What the other end answered instead of a result. PROTOCOL.md section 4.2. */
export interface RemoteError {
  /** One of the contract's own, or `UNKNOWN`, `NO_HANDLER`, `BUSY`, `INVALID`, `CURSOR_GONE`, `TOO_LARGE`, `INTERNAL`. */
  readonly code: string;
  readonly message: string;
  /** Checked by the contract, if the code is one of its own. */
  readonly data?: unknown;
}

/** The only error this library throws or rejects with, an aborted signal's reason aside. */
export class HoldfastError extends Error {
  override readonly name = "HoldfastError";
  /** What went wrong; decide by this, never by the message. */
  readonly code: ErrorCode;
  /** Whether the same call may succeed later, unchanged. */
  readonly retryable: boolean;
  /** With `SESSION_LOST`, and of what waited when a client ended: whether the other end may have had it. */
  declare readonly inDoubt?: boolean;
  /** With `REMOTE`: what the other end said. */
  declare readonly remote?: RemoteError;

  constructor(
    code: ErrorCode,
    message: string,
    cause?: unknown,
    more?: { readonly inDoubt?: boolean; readonly remote?: RemoteError; readonly retryable?: boolean },
  ) {
    super(`${code}: ${message}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retryable = retryable.includes(code);
    Object.assign(this, more);
  }

  /** Whether this is an error of ours, and of that code if one is named. Works across copies of the package. */
  static is<C extends ErrorCode = ErrorCode>(
    error: unknown,
    code?: C,
  ): error is HoldfastError & { readonly code: C } & Told<C> {
    const { name, code: own } = (error ?? {}) as Partial<HoldfastError>;
    return name === "HoldfastError" && (code === undefined || own === code);
  }
}

/** What is always there with some codes. */
type Told<C extends ErrorCode> = C extends "REMOTE"
  ? { readonly remote: RemoteError }
  : C extends "SESSION_LOST"
    ? { readonly inDoubt: boolean }
    : unknown;
