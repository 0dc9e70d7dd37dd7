/** Chance that repeats: the same seed gives the same row of numbers on every machine. */
export interface SeededRandom {
  /** The next number, in [0, 1). */
  next(): number;
  /** The next whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /**
   * One of the items.
   *
   * @throws RangeError when there is none.
   */
  pick<T>(items: readonly T[]): T;
}

/** Makes a {@link SeededRandom}: mulberry32, 32 bits of state. Good for tests, not for secrets. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed | 0;

  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  function integer(min: number, max: number): number {
    return min + Math.floor(next() * (max - min + 1));
  }

  function pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("pick() needs at least one item");
    return items[integer(0, items.length - 1)] as T;
  }

  return { next, integer, pick };
}
