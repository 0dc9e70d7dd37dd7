import type { Clock, Close } from "@holdfast/core/driver";
import { events } from "./events/socket-event-target.ts";
import { errorEventOf, type Trouble } from "./trouble.ts";

/** The end of a connection, or of an attempt, as it is told. */
export interface End {
  readonly close: CloseEvent;
  /** Told by an `error` event before the `close` event. */
  readonly trouble: Trouble | undefined;
}

/** `close` as it will be told. Its error is a {@link Trouble}. */
export function endOf({ code, reason, wasClean, error }: Close): End {
  return { close: new events.CloseEvent("close", { code, reason, wasClean }), trouble: error as Trouble | undefined };
}

/** The end of an attempt that failed. */
export function failure(error: Trouble): Close {
  return { code: 1006, reason: "", wasClean: false, error };
}

/** The ends that are still to be told, in order, and what they make of `readyState`. */
export class Ends {
  readonly #clock: Clock;
  readonly #fire: (event: Event) => void;
  readonly #waiting: End[] = [];
  /** CLOSED while an end is being told, CLOSING while the end that `close()` made waits for its task. */
  readyState: 2 | 3 | undefined;

  constructor(clock: Clock, fire: (event: Event) => void) {
    this.#clock = clock;
    this.#fire = fire;
  }

  /** An end is waiting to be told, or is being told. */
  get isAny(): boolean {
    return this.readyState === 3 || this.#waiting.length > 0;
  }

  push(end: End): void {
    this.#waiting.push(end);
  }

  /** Tells in a task of its own, unless something else is to be told before. */
  tellSoon(): void {
    this.#clock.schedule(0, () => this.tell());
  }

  tell(): void {
    for (let end = this.#waiting.shift(); end; end = this.#waiting.shift()) {
      this.readyState = 3;
      if (end.trouble) this.#fire(errorEventOf(end.trouble));
      this.#fire(end.close);
      this.readyState = undefined;
    }
  }
}
