import type { Direction } from "../proxy/faults.ts";

/** What can be done to a message. */
export type FrameFault = "drop" | "double" | "replay" | "truncate" | "reorder";

/** Every fault, in the order in which a message meets its chances. */
export const frameFaults: readonly FrameFault[] = ["drop", "double", "replay", "truncate", "reorder"];

/** A number for each fault: its chance, or how often it was done. */
export type PerFault = Record<FrameFault, number>;

/** The same for each way. */
export type PerDirection = Readonly<Record<Direction, PerFault>>;

/** Nothing done, no chance of it. */
export function noFrameFaults(): PerDirection {
  const none = (): PerFault => ({ drop: 0, double: 0, replay: 0, truncate: 0, reorder: 0 });
  return { up: none(), down: none() };
}
