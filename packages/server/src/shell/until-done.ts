import type { ServerEnd } from "../engine/server-end.ts";

/** Who is told of a handler. */
interface Told {
  /** It is through. */
  done(): void;
  thrown(error: unknown): void;
}

/** Whether it is what a handler returns that is not through. */
export function isPromise(returned: unknown): returned is PromiseLike<unknown> {
  return typeof (returned as { then?: unknown } | undefined)?.then === "function";
}

/** Counts the handler of an event as running until what it returned has settled. */
export function untilDone(end: ServerEnd, returned: PromiseLike<unknown>, { done, thrown }: Told): void {
  end.running++;
  const settle = (): void => {
    end.running--;
    done();
  };
  Promise.resolve(returned).then(settle, (error) => {
    thrown(error);
    settle();
  });
}
