import type { Hint, Surroundings } from "@holdfast/core";

/**
 * Listens to the page: network back or gone, seen again, about to stand still.
 * In a worker there is only the network, elsewhere nothing.
 */
export function pageSurroundings(): Surroundings {
  return {
    watch(notice) {
      const undos: (() => void)[] = [];
      const page = globalThis.document;

      // React Native has a global object that cannot be listened to.
      const listen = (
        target: EventTarget | undefined,
        type: string,
        hint: Hint,
        applies?: (event: Event) => unknown,
      ): void => {
        if (!target?.addEventListener) return;
        const hear = (event: Event): void => {
          if (!applies || applies(event)) notice(hint);
        };
        target.addEventListener(type, hear);
        undos.push(() => target.removeEventListener(type, hear));
      };
      const isKept = (event: Event): boolean => (event as PageTransitionEvent).persisted;

      listen(globalThis, "online", "online");
      listen(globalThis, "offline", "offline");
      listen(globalThis, "pageshow", "awake", isKept);
      listen(globalThis, "pagehide", "asleep", isKept);
      listen(page, "visibilitychange", "awake", () => page.visibilityState === "visible");
      listen(page, "resume", "awake");
      listen(page, "freeze", "asleep");

      return () => {
        for (const undo of undos.splice(0)) undo();
      };
    },
  };
}
