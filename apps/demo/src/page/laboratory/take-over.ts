import { element } from "../element.ts";
import type { Live } from "../live.ts";

/** A tab that has not taken the session over by then never will. */
const patienceMs = 5_000;

/**
 * Opens a copy of this tab that takes its session over, as a browser does that keeps a page and duplicates its tab. Holdfast leaves a session
 * behind only while a page goes, and what goes on after that is not in the copy; so we say that the page goes, and stand still until the copy has
 * the session.
 */
export function wireTakeOver(live: Live): void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  const goOn = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  };
  element("take-over", HTMLButtonElement).addEventListener("click", () => {
    dispatchEvent(new PageTransitionEvent("pagehide"));
    timer ??= setTimeout(goOn, patienceMs);
    // With us as its opener: only then does it get a copy of what we have left.
    if (!open(location.href)) goOn();
  });
  live.session.on("closed", goOn);
}
