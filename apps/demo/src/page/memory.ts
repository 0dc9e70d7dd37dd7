import * as z from "zod/mini";
import { KeptLedger } from "../shared/ledger.ts";

const key = "holdfast-demo";

/** What a page leaves to the next one, besides what Holdfast keeps of its session. */
const Memory = z.object({
  /** Who this is, for the server. */
  id: z.string(),
  ledger: KeptLedger,
  /** The last of the news that it has read. */
  newsId: z.optional(z.int()),
});
export type Memory = z.output<typeof Memory>;

/** What the page before has left; then it is no longer there, so that a duplicated tab is somebody else. */
export function takeMemory(): Memory | undefined {
  const text = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  try {
    return Memory.parse(JSON.parse(text ?? ""));
  } catch {
    // None, or one of an older demo: then this page is new.
    return undefined;
  }
}

/** Leaves `read()` to the next page, when this one goes. */
export function leaveMemory(read: () => Memory): void {
  addEventListener("pagehide", () => sessionStorage.setItem(key, JSON.stringify(read())));
  // It came back as it was.
  addEventListener("pageshow", ({ persisted }) => persisted && sessionStorage.removeItem(key));
}
