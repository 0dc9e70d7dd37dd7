import { setTimeout as sleep } from "node:timers/promises";
import { opened } from "../race/opened.ts";
import type { Must, Race } from "../race/race.ts";

/** Sessions that say nothing, with everybody's own heartbeat: what they weigh, and what they keep a core busy with. */
export function idle(
  connections: number,
  watchMs: number,
  musts: { readonly rss: readonly Must[]; readonly cpu: readonly Must[] },
  serverFlags: readonly string[] = [],
): Race {
  return {
    title: [`${connections} idle sessions, at the server`, ...serverFlags].join(", "),
    serverFlags,
    peers: ["holdfast", "ws + JSON", "Socket.IO"],
    figures: {
      rss: { name: "memory (RSS) a session", unit: "KB", better: "less", musts: musts.rss },
      heap: { name: "heap a session", unit: "KB", better: "less" },
      cpu: { name: "of one core", unit: "%", better: "less", musts: musts.cpu },
    },
    rounds: 3,
    isFresh: true,
    async prepare({ server, dial, share }) {
      const clients = Math.ceil(connections * share);
      return async () => {
        const empty = await server.usage();
        await opened(clients, dial);
        await sleep(1_000);
        const watched = watchMs * share;
        const before = await server.cpu();
        await sleep(watched);
        const after = await server.cpu();
        const full = await server.usage();
        return {
          rss: (full.rssBytes - empty.rssBytes) / clients / 1_024,
          heap: (full.heapBytes - empty.heapBytes) / clients / 1_024,
          cpu: ((after - before) / watched) * 100,
        };
      };
    },
  };
}
