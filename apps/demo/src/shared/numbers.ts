import * as z from "zod/mini";

/** Whole numbers as ranges, first and last included, in order: a ledger that is whole is one range. */
export const Ranges = z.readonly(z.array(z.readonly(z.tuple([z.int(), z.int()]))));
export type Ranges = z.output<typeof Ranges>;

/** How many there are. */
export function size(ranges: Ranges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

/** From `first` to `last`; none if that is less. */
export function range(first: number, last: number): Ranges {
  return first <= last ? [[first, last]] : [];
}

export function has(ranges: Ranges, n: number): boolean {
  return ranges.some(([first, last]) => first <= n && n <= last);
}

/** Those of both. */
export function union(ranges: Ranges, others: Ranges): Ranges {
  const all: [number, number][] = [];
  for (const [first, last] of [...ranges, ...others].toSorted((a, b) => a[0] - b[0])) {
    const before = all.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else all.push([first, last]);
  }
  return all;
}

/** All of them and `n`. */
export function add(ranges: Ranges, n: number): Ranges {
  return union(ranges, [[n, n]]);
}

/** Those of `ranges` that are not among `others`. */
export function without(ranges: Ranges, others: Ranges): Ranges {
  return others.reduce<Ranges>(
    (left, [from, to]) =>
      left.flatMap(([first, last]) => [
        ...range(first, Math.min(last, from - 1)),
        ...range(Math.max(first, to + 1), last),
      ]),
    ranges,
  );
}
