const kib = 1024;
const mib = 1024 * kib;

/** What is measured: how it is told, and how much more of it there may be at the end. */
export interface Measure {
  readonly name: string;
  readonly unit: "MiB" | "nodes";
  /**
   * How much the median of the last quarter may be above that of the second. The first quarter is the warm-up: code is
   * compiled, pools and bounded buffers fill. Medians, for a sample may fall into the middle of a burst of resent messages.
   */
  readonly mayGrow: number;
}

/**
 * Between the two quarters lies half of the run: of ten minutes that are 6,000 messages each way and 150 faults. So "flat" is less than
 * what would be there if one small thing were kept of every message, or a socket of every lost link.
 */
export const measures = {
  /** Its recorder keeps the last 20,000 happenings, and is not full before the eighth minute: some 200 bytes each. */
  pageHeap: { name: "page, heap", unit: "MiB", mayGrow: 4 * mib },
  /** Its conversation keeps the last 300 entries, of 7 nodes; in a short run it still grows. One node a message would be 3,000. */
  pageNodes: { name: "page, DOM", unit: "nodes", mayGrow: 2_100 },
  serverHeap: { name: "server, heap", unit: "MiB", mayGrow: 2 * mib },
  /** The allocator gives back late: it tells of buffers outside the heap, 16 KiB for a link or more, but roughly. */
  serverRss: { name: "server, RSS", unit: "MiB", mayGrow: 24 * mib },
} as const satisfies Record<string, Measure>;
export type MeasureName = keyof typeof measures;

/** What was measured at a time. */
export type Sample = Readonly<Record<MeasureName, number>>;

/** How one measure went. */
export interface Course {
  readonly measure: Measure;
  readonly early: number;
  readonly late: number;
  readonly isFlat: boolean;
}

/** How each measure went over the samples, in the order of their times. */
export function courses(samples: readonly Sample[]): readonly Course[] {
  const quarter = (n: number): readonly Sample[] =>
    samples.slice(Math.floor((samples.length * (n - 1)) / 4), Math.floor((samples.length * n) / 4));
  return Object.entries(measures).map(([key, measure]) => {
    const of = (part: readonly Sample[]): number => median(part.map((sample) => sample[key as MeasureName]));
    const [early, late] = [of(quarter(2)), of(quarter(4))];
    // NaN, without samples, is not flat.
    return { measure, early, late, isFlat: late - early <= measure.mayGrow };
  });
}

/** A number of that measure, in its unit. */
export function tell({ unit }: Measure, value: number): string {
  switch (unit) {
    case "MiB":
      return (value / mib).toFixed(1);
    case "nodes":
      return value.toFixed(0);
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
  return ((low ?? NaN) + (high ?? NaN)) / 2;
}
