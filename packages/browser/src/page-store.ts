import type { SessionStore } from "@holdfast/core";

/** Keeps a session in `sessionStorage` while one page goes and the next comes. Elsewhere it keeps nothing. */
export function pageStore(name: string): SessionStore {
  const key = `holdfast:${name}`;
  return {
    take() {
      try {
        const text = sessionStorage.getItem(key);
        sessionStorage.removeItem(key);
        return text ?? undefined;
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
      const page = globalThis as Partial<Pick<Window, "addEventListener" | "removeEventListener">>;
      const leave = (): void => listener("leaving");
      const back = ({ persisted }: PageTransitionEvent): void => {
        if (persisted) listener("back");
      };
      page.addEventListener?.("pagehide", leave);
      page.addEventListener?.("pageshow", back);
      return () => {
        page.removeEventListener?.("pagehide", leave);
        page.removeEventListener?.("pageshow", back);
      };
    },
  };
}
