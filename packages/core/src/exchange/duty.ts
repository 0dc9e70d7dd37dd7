import type { End } from "../engine/end.ts";
import type { Answered } from "../protocol/direction.ts";
import { tooLarge } from "./failures.ts";
import { say } from "./speech.ts";

/** An error of the contract's, thrown by `fail`: its message is its code. Not for users to see. */
export class Failure extends Error {
  /** For the wire. */
  data: unknown;
}

/** What a duty needs of the end it answers for. */
export interface DutyHost {
  /** A handler threw what is none of the contract's errors, or answered what the peer does not take. */
  thrown(name: string, error: unknown): void;
  /** The session that is now. */
  readonly end: End;
  /** The largest record that fits our outbox and that the peer takes, in bytes. */
  maxRecordBytes(): number;
  /** There is something to write, and perhaps something to take. */
  soon(): void;
}

/** One call or stream of the peer's, while it is answered. */
export class Duty {
  readonly id: number;
  /** The session in which it was asked, and to which the answer belongs. */
  readonly end: End;
  readonly #host: DutyHost;
  readonly #name: string;
  #controller: AbortController | undefined;
  #isAborted = false;
  #reason: unknown;
  #wake: (() => void) | undefined;

  constructor(id: number, name: string, host: DutyHost) {
    this.id = id;
    this.#name = name;
    this.end = host.end;
    this.#host = host;
  }

  get isAborted(): boolean {
    return this.#isAborted;
  }

  /** Aborts when nobody wants the answer any more. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isAborted) this.#controller.abort(this.#reason);
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    this.#isAborted = true;
    this.#reason = reason;
    this.#controller?.abort(reason);
    this.wake();
  }

  /** Credit or room may be there again. */
  wake(): void {
    this.#wake?.();
  }

  /** What to wait for, and to ask again, before one item more may be brought: nothing if it may, or nobody wants one. */
  room(): Promise<void> | undefined {
    if (this.#isAborted || this.end.mayBring(this.id)) return undefined;
    return new Promise((resolve) => (this.#wake = resolve));
  }

  /** The answer is an error. */
  fail(code: string, message: string, data?: unknown): void {
    this.say(["error", this.id, { code, message, data }], code);
  }

  /** The answer, or an item or a gap on the way to it. @throws HoldfastError `INVALID_MESSAGE` for what JSON cannot say */
  say(record: Answered, name: string = this.#name): void {
    const { text, bytes } = say(record, name);
    const most = this.#host.maxRecordBytes();
    // Of what was given up nothing is told any more, however large.
    if (bytes > most && !this.#isAborted) {
      const error = tooLarge(bytes, most);
      this.#host.thrown(this.#name, error);
      this.abort(error);
      return this.fail(error.code, `${bytes} bytes`);
    }
    this.end.answer(this.id, text, bytes, record[0]);
    this.#host.soon();
  }
}
