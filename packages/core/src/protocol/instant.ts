/** A point on a clock that never goes back, in milliseconds. Not a duration and not a date. */
export type Instant = number & { readonly brand: "Instant" };

/** The deadline of a state that waits for nothing. */
export const never: Instant = Infinity as Instant;

/** The instant `ms` milliseconds after `instant`. */
export function after(instant: Instant, ms: number): Instant {
  return (instant + ms) as Instant;
}
