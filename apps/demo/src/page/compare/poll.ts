import { type Comparison, Page } from "../../shared/comparison.ts";
import type { Notification } from "../../shared/notification.ts";
import { ask } from "../ask.ts";

/** Asks "anything new?" every so often, until it is told to stop. `everyMs` is asked each time. */
export function poll(
  { token, revision }: Comparison,
  everyMs: () => number,
  receive: (notification: Notification) => void,
): () => void {
  const stopped = new AbortController();
  let after = revision;
  let timer: ReturnType<typeof setTimeout>;

  async function askAgain(): Promise<void> {
    try {
      const page = await ask(Page, `/api/notifications?after=${after}`, {
        headers: { authorization: `Bearer ${token}` },
        credentials: "omit",
        signal: stopped.signal,
      });
      after = page.revision;
      page.notifications.forEach(receive);
    } catch {
      // No answer this time: that is what polling is like.
    }
    if (!stopped.signal.aborted) timer = setTimeout(() => void askAgain(), everyMs());
  }

  void askAgain();
  return () => {
    stopped.abort();
    clearTimeout(timer);
  };
}
