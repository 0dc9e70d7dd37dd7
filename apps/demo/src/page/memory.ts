import * as z from "zod/mini";
import { KeptLedger } from "../shared/ledger.ts";

const key = "holdfast-demo";

/** What a page leaves to the next one, besides what Holdfast keeps of its session. */
const Memory = z.object({
  /** Who was signed in. */
  person: z.string(),
  /** Which page this is, for the server's ledger. */
  page: z.string(),
  ledger: KeptLedger,
});
type Memory = z.output<typeof Memory>;

let isForgotten = false;

/** What the page before has left to this person; then it is no longer there, so that a duplicated tab is somebody else. */
export function takeMemory(person: string): Memory | undefined {
  const text = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  try {
    const memory = Memory.parse(JSON.parse(text ?? ""));
    return memory.person === person ? memory : undefined;
  } catch {
    // None, or one of an older demo: then this page is new.
    return undefined;
  }
}

/** Leaves `read()` to the next page, when this one goes. */
export function leaveMemory(read: () => Memory): void {
  addEventListener("pagehide", () => {
    if (!isForgotten) sessionStorage.setItem(key, JSON.stringify(read()));
  });
  // It came back as it was.
  addEventListener("pageshow", ({ persisted }) => persisted && sessionStorage.removeItem(key));
}

/** Leaves nothing. */
export function forgetMemory(): void {
  isForgotten = true;
}
