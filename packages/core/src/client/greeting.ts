import type { Clock } from "../ports/clock.ts";
import type { GreetingLink } from "./options.ts";
import { offer, wait } from "./wait.ts";

/** One conversation with a socket that just opened. */
export interface Greeting {
  readonly link: GreetingLink<unknown, unknown>;
  /** Hands over a message that arrived meanwhile. */
  receive(message: unknown): void;
  /** What nobody asked for; to be delivered once the connection is open. */
  readonly rest: readonly unknown[];
}

/** More than this is no greeting any more: the oldest gives way. */
const maxRest = 1_024;

export function createGreeting(
  clock: Clock,
  signal: AbortSignal,
  write: (message: unknown) => void,
): Greeting {
  const rest: unknown[] = [];
  const asking = new Set<(message: unknown) => boolean>();
  const link = {
    signal,
    send(message: unknown): void {
      // A greeting that outlived its link must not speak on the next one.
      if (signal.aborted) throw signal.reason;
      write(message);
    },
    next: (where: (message: unknown) => boolean = () => true) =>
      wait<unknown>(clock, { signal }, (waiter) => {
        const take = offer(where, waiter);
        const index = rest.findIndex(take);
        if (index < 0) asking.add(take);
        else rest.splice(index, 1);
        return () => asking.delete(take);
      }),
  };
  return {
    link: link as GreetingLink<unknown, unknown>,
    receive(message) {
      for (const take of asking) {
        if (take(message)) return void asking.delete(take);
      }
      rest.push(message);
      if (rest.length > maxRest) rest.shift();
    },
    rest,
  };
}
