import { HoldfastError } from "@holdfast/browser";
import type { Live } from "./live.ts";
import type { Log } from "./log.ts";

/** News older than this were told while the page was away. */
const lateMs = 1_000;

/** Reads the news, from after `newsId` on; who was away catches up. Returns the id of the last one that was read. */
export function followNews(live: Live, log: Log, newsId: number | undefined): () => number | undefined {
  let last = newsId;
  let phase: "ended" | "reading" = "ended";

  async function follow(): Promise<void> {
    const onGap = (): void => void log.add("news", "Older news are not known any more", "the server");
    try {
      for await (const { id, text, at } of live.stream("news", { after: last }, { onGap })) {
        last = id;
        const ageMs = Date.now() - at.getTime();
        const age = ageMs > lateMs ? `, ${(ageMs / 1000).toFixed(0)} s ago` : "";
        log.add("news", text, `the server, of its own accord${age}`);
      }
    } catch (error) {
      // The end of the client is the end of its streams.
      if (!HoldfastError.is(error, "CLOSED")) log.add("trouble", "No more news", String(error));
    }
    phase = "ended";
  }

  live.subscribe(({ name }) => {
    if (name !== "OPEN" || phase === "reading") return;
    phase = "reading";
    void follow();
  });
  return () => last;
}
