import type { Clock } from "../ports/clock.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { Emitter, Undo } from "../common/emitter.ts";

/** Something with a state that users see, and an end. */
export interface Store {
  readonly clock: Clock;
  /** What users see of the state. */
  readonly snapshot: ConnectionState;
  readonly emitter: Pick<Emitter<{ state: ConnectionState; closed: unknown }>, "on">;
  /** Tells of a listener that threw. */
  thrown(name: string, error: unknown): void;
}

/** Calls `listener` at once and on each change. */
export function subscribe(store: Store, listener: (state: ConnectionState) => void): Undo {
  const hear = async (): Promise<void> => listener(store.snapshot);
  const undo = store.emitter.on("state", hear);
  hear().catch((error) => store.thrown("state", error));
  return undo;
}

/** Resolves when nothing is closing any more. */
export function closing(store: Store): Promise<void> {
  return new Promise((resolve) => {
    const undo = store.emitter.on("state", look);
    function look(): void {
      if (store.snapshot.name === "CLOSING") return;
      undo();
      resolve();
    }
    // Who closes in the middle of something, as while it pings, is closing when that is through.
    void Promise.resolve().then(look);
  });
}
