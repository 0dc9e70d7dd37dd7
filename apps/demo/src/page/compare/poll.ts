import { type Comparison, Page } from "../../shared/comparison.ts";
import type { Notification } from "../../shared/notification.ts";
import { ask } from "../ask.ts";

/** Asks "anything new?" every so often, until it is told to stop, which waits for the last answer. `everyMs` is asked each time. */
export function poll(
  { token, revision }: Comparison,
  everyMs: () => number,
  receive: (notification: Notification) => void,
): () => Promise<void> {
  let phase: "asking" | "stopped" = "asking";
  let after = revision;
  let timer: ReturnType<typeof setTimeout>;
  let current = askAgain();

  async function askAgain(): Promise<void> {
    try {
      const page = await ask(Page, `/api/notifications?after=${after}`, {
        headers: { authorization: `Bearer ${token}` },
        credentials: "omit",
      });
      after = page.revision;
      page.notifications.forEach(receive);
    } catch {
      // No answer this time: that is what polling is like.
    }
    if (phase === "asking") timer = setTimeout(() => (current = askAgain()), everyMs());
  }

  return () => {
    phase = "stopped";
    clearTimeout(timer);
    return current;
  };
}
