import type { Measured } from "../race/race.ts";

/** What a row of values comes to. */
export interface Summary {
  readonly median: number;
  /** Half of the distance between the quartiles, as a share of the median. */
  readonly spread: number;
}

/** The value below which a share of them is. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** The middle of some numbers, and how far they are apart. */
export function summarise(values: readonly number[]): Summary {
  const median = quantile(values, 0.5);
  return { median, spread: (quantile(values, 0.75) - quantile(values, 0.25)) / 2 / median };
}

/** Further than this from its median, as a factor, and something else was going on. */
const noise = 1.4;

/** Whether anybody was far from its median of one of these figures in this round: `round` has one entry a peer, `all` are the rounds. */
export function isNoisy(
  figures: readonly string[],
  round: readonly Measured[],
  all: readonly (readonly Measured[])[],
): boolean {
  return round.some((measured, peer) =>
    figures.some((figure) => {
      const value = measured[figure] ?? NaN;
      const median = quantile(
        all.map((other) => other[peer]?.[figure] ?? NaN),
        0.5,
      );
      return value > median * noise || value < median / noise;
    }),
  );
}
