import type { SessionStore } from "@holdfast/core";
import { isKept, listen } from "./listen.ts";

/** Keeps a session in `sessionStorage` while one page goes and the next comes. Elsewhere it keeps nothing. */
export function pageStore(name: string): SessionStore {
  const key = `holdfast:${name}`;
  return {
    take() {
      try {
        const text = sessionStorage.getItem(key);
        sessionStorage.removeItem(key);
        return text;
      } catch {
        // No storage here, or none for this page.
        return undefined;
      }
    },
    put(text) {
      try {
        sessionStorage.setItem(key, text);
      } catch {
        // Full, or forbidden: the next page begins anew.
      }
    },
    watch(listener) {
      const undos = [
        listen(globalThis, "pagehide", () => listener("leaving")),
        listen(globalThis, "pageshow", (event) => isKept(event) && listener("back")),
      ];
      return () => undos.forEach((undo) => undo());
    },
  };
}
