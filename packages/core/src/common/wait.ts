import type { Clock } from "../ports/clock.ts";
import { HoldfastError } from "../holdfast-error.ts";
import { check } from "./check.ts";
import { heed } from "./heed.ts";

/** How long, and for whom, to wait. */
export interface WaitOptions {
  /** Ends the wait, not what is waited for; rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Rejects with `TIMEOUT` after this many milliseconds; with `CONFIG` at once if they are none. */
  readonly timeoutMs?: number | undefined;
}

/** Who waits. Told once; the rest is ignored. */
export interface Waiter<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

/**
 * A promise that can be given up: by its signal, by its time, or by whoever `start` told about it.
 * When it settles, `start`'s undo is called and nothing is left behind.
 */
export function wait<T>(
  clock: Clock,
  { signal, timeoutMs }: WaitOptions,
  start: (waiter: Waiter<T>) => () => void,
): Promise<T> {
  const undos: (() => void)[] = [];
  const promise = new Promise<T>((resolve, reject) => {
    check("timeoutMs", timeoutMs, (timeoutMs ?? 0) >= 0, "a number from 0");
    undos.push(heed(signal, () => reject(signal?.reason)));
    if (signal?.aborted) return;
    undos.push(start({ resolve, reject }));
    if (timeoutMs !== undefined) {
      const late = (): void => reject(new HoldfastError("TIMEOUT", `nothing within ${timeoutMs} ms`));
      undos.push(clock.schedule(timeoutMs, late));
    }
  });
  const settle = (): void => undos.forEach((undo) => undo());
  promise.then(settle, settle);
  return promise;
}

/** Offers values to `waiter` until `where` takes one, and says whether it did. A `where` that throws ends the wait. */
export function offer<T>(where: (value: T) => boolean, waiter: Waiter<T>): (value: T) => boolean {
  return (value) => {
    try {
      const isTaken = where(value);
      if (isTaken) waiter.resolve(value);
      return isTaken;
    } catch (error) {
      waiter.reject(error);
      return true;
    }
  };
}
