import { type Ranges, size, without } from "./numbers.ts";

/** What became of everything that was said in one direction. */
export interface Row {
  readonly sent: number;
  readonly received: number;
  /** Missing, and its sender was told that it is, or may be. */
  readonly failed: number;
  /** Missing without a word. What is on its way is not missing. */
  readonly lost: number;
  readonly doubled: number;
  /** Arrived behind one that was said later. */
  readonly reordered: number;
}

/** What arrived, as {@link Tally} counts it. */
interface Arrived {
  readonly received: Ranges;
  readonly doubled: number;
  readonly reordered: number;
}

/** `checked`: numbers that are here by now, or never will be. `told`: those whose sender knows that they may be missing. */
export function row(sent: number, arrived: Arrived, checked: Ranges, told: Ranges): Row {
  const { received, doubled, reordered } = arrived;
  const missing = without(checked, received);
  const lost = size(without(missing, told));
  return { sent, received: size(received), failed: size(missing) - lost, lost, doubled, reordered };
}
