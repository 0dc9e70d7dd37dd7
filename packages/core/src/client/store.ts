import type { ConnectionState } from "./connection-state.ts";
import type { Emitter, Undo } from "./emitter.ts";

interface Shown {
  readonly snapshot: ConnectionState;
}

type States = Emitter<{ state: ConnectionState }>;

/** Calls `listener` at once and on each change. */
export function subscribe(
  shown: Shown,
  states: States,
  listener: (state: ConnectionState) => void,
  thrown: (name: "state", error: unknown) => void,
): Undo {
  const hear = (): void => listener(shown.snapshot);
  const undo = states.on("state", hear);
  try {
    hear();
  } catch (error) {
    thrown("state", error);
  }
  return undo;
}

/** Resolves when nothing is closing any more. */
export function closing(shown: Shown, states: States): Promise<void> {
  return new Promise((resolve) => {
    const undo = states.on("state", done);
    function done(): void {
      if (shown.snapshot.name === "CLOSING") return;
      undo();
      resolve();
    }
    done();
  });
}
