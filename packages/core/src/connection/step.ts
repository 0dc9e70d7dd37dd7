import type { Instant } from "../protocol/instant.ts";
import type { Effect } from "./effect.ts";
import type { Event, Vitals } from "./event.ts";
import type { Policy } from "./policy.ts";
import type { Phase, State } from "./state.ts";

/** Time, chance and measurements are arguments, so that a recorded log replays exactly. */
export interface Env {
  readonly now: Instant;
  /** Chance, in [0, 1). */
  readonly roll: number;
  readonly vitals: Vitals;
  readonly policy: Policy;
}

/** Where a connection goes, and what it wants done on the way. */
export type Step = readonly [state: State, ...effects: Effect[]];

/** What one event does in one phase. */
export type Handler<P extends Phase = Phase, E extends Event["type"] = Event["type"]> = (
  state: State & { readonly phase: P },
  event: Event & { readonly type: E },
  env: Env,
) => Step;

/** Every phase, and in each the events that concern it. */
export type Chart = {
  readonly [P in Phase]: { readonly [E in Event["type"]]?: Handler<P, E> };
};
