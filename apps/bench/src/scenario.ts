/** One figure that we or a peer reached. */
export interface Row {
  readonly who: string;
  /** Of several figures of one scenario: which. */
  readonly figure?: string;
  readonly value: number;
  readonly unit: string;
  /** Half of the distance between the quartiles, as a share of the value. */
  readonly spread?: number;
  /** Ours, as a multiple of this. */
  readonly ratio?: number;
  /** Whether ours reaches what it must; absent for peers, who promise nothing. */
  readonly isFine?: boolean;
}

/** One thing to measure. */
export interface Scenario {
  readonly name: string;
  /** What ours must reach, in words. */
  readonly must: string;
  run(): Promise<readonly Row[]>;
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
