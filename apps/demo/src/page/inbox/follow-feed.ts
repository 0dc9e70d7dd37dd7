import { HoldfastError } from "@holdfast/browser";
import type { Live } from "../live.ts";
import type { Inbox } from "./inbox.ts";

/** Reads the feed into the inbox, from what it knows on, whenever there is a connection to read it over. */
export function followFeed(live: Live, inbox: Inbox, onTrouble: (error: unknown) => void): void {
  let phase: "ended" | "reading" = "ended";

  async function follow(): Promise<void> {
    try {
      for await (const item of live.stream("feed", { after: inbox.revision })) inbox.put(item);
    } catch (error) {
      // The end of the client is the end of its streams.
      if (!HoldfastError.is(error, "CLOSED")) onTrouble(error);
    }
    phase = "ended";
  }

  live.subscribe(({ name }) => {
    if (name !== "OPEN" || phase === "reading") return;
    phase = "reading";
    void follow();
  });
}
