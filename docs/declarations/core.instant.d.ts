/// <reference lib="esnext.disposable" />
/** A point on a clock that never goes back, in milliseconds. Not a duration and not a date. */
type Instant = number & {
  readonly brand: "Instant";
};
/** The deadline of a state that waits for nothing. */
declare const never: Instant;
/** The instant `ms` milliseconds after `instant`. */
declare function after(instant: Instant, ms: number): Instant;
export { after as n, never as r, Instant as t };
