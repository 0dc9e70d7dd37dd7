import type { Clock } from "../ports/clock.ts";
import type { Decoded } from "./codec.ts";
import { closed } from "./connection-state.ts";
import type { GreetingLink } from "./options.ts";
import { countTogether } from "./together.ts";
import { offer, wait } from "../common/wait.ts";

/** One conversation with a socket that just opened. */
export interface Greeting {
  readonly link: GreetingLink<unknown, unknown>;
  /** Hands over what arrived meanwhile. False: it is too much. */
  receive(decoded: Decoded): boolean;
  /** What nobody asked for; to be delivered once the connection is open. */
  readonly rest: readonly Decoded[];
}

/** More than this is no greeting any more. */
export const maxRest = 1_024;

export function createGreeting(
  clock: Clock,
  signal: AbortSignal,
  write: (message: unknown) => void,
): Greeting {
  const rest: Decoded[] = [];
  const together = countTogether();
  const asking = new Set<(message: unknown) => boolean>();
  const link = {
    signal,
    send(message: unknown): void {
      // A greeting that outlived its link must not speak on the next one.
      if (signal.aborted) throw closed();
      write(message);
    },
    next: (where: (message: unknown) => boolean = () => true) =>
      wait<unknown>(clock, { signal }, (waiter) => {
        const take = offer(where, waiter);
        const index = rest.findIndex(([name, message]) => name === "message" && take(message));
        if (index < 0) asking.add(take);
        else rest.splice(index, 1);
        return () => asking.delete(take);
      }),
  };
  return {
    link: link as GreetingLink<unknown, unknown>,
    receive(decoded) {
      const [name, message] = decoded;
      for (const take of name === "message" ? asking : []) {
        if (take(message)) return asking.delete(take);
      }
      // Who had no turn to ask for it is not slow.
      return rest.push(decoded) - together() < maxRest;
    },
    rest,
  };
}
