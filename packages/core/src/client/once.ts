import { closed } from "./connection-state.ts";
import type { Undo } from "../common/emitter.ts";
import type { Store } from "./store.ts";
import { offer, wait, type WaitOptions } from "../common/wait.ts";

/** Waits for an event: the next one, or the next that `where` accepts. */
export type Once = (name: string, where?: unknown, how?: WaitOptions) => Promise<unknown>;

/** {@link Once} over an `on`; whoever waits is told when the end of `store` comes first. */
export function createOnce(
  store: Store,
  on: (name: never, listener: (event: unknown) => void) => Undo,
): Once {
  return (name, where, how) => {
    const isPlain = typeof where !== "function";
    const options = (isPlain ? where : how) ?? how ?? {};
    const fits = isPlain ? () => true : (where as (event: unknown) => boolean);
    return wait<unknown>(store.clock, options, (waiter) => {
      const isOver = (): void => {
        const { snapshot } = store;
        if (snapshot.phase === "ended") waiter.reject(snapshot.cause ?? closed());
      };
      const undos = [on(name as never, offer(fits, waiter)), store.emitter.on("closed", isOver)];
      isOver();
      return () => undos.forEach((undo) => undo());
    });
  };
}
