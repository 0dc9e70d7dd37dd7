import type { Hint, Surroundings } from "@holdfast/core";
import { isKept, listen } from "./listen.ts";

/**
 * Listens to the page: network back or gone, seen again, about to stand still.
 * In a worker there is only the network, elsewhere nothing.
 */
export function pageSurroundings(): Surroundings {
  return {
    watch(notice) {
      const page = globalThis.document;
      const on = (
        target: EventTarget | undefined,
        type: string,
        hint: Hint,
        applies: (event: Event) => boolean = () => true,
      ): (() => void) => listen(target, type, (event) => applies(event) && notice(hint));

      const undos = [
        on(globalThis, "online", "online"),
        on(globalThis, "offline", "offline"),
        on(globalThis, "pageshow", "awake", isKept),
        on(globalThis, "pagehide", "asleep", isKept),
        on(page, "visibilitychange", "awake", () => page.visibilityState === "visible"),
        on(page, "resume", "awake"),
        on(page, "freeze", "asleep"),
      ];
      return () => undos.forEach((undo) => undo());
    },
  };
}
