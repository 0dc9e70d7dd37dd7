import type { Must, Race } from "../race/race.ts";
import { redials } from "../race/redials.ts";

const bucketMs = 100;

/** A server, or what stands before it, that drops everybody and takes them again, everybody with its own backoff: how many come in the busiest 100 ms, as a share of the mean. */
export function storm(connections: number, musts: readonly Must[]): Race {
  return {
    title: `${connections} clients dropped at once`,
    peers: ["holdfast", "Socket.IO", "partysocket", "reconnecting-websocket"],
    figures: {
      peak: { name: `busiest ${bucketMs} ms, of the mean`, unit: "x", better: "less", musts },
      window: { name: "from the first to the last", unit: "ms", better: "less" },
    },
    rounds: 3,
    isFresh: true,
    prepare: async (stage) => async () => spreadOf(await redials(stage, connections)),
  };
}

/** The busiest bucket as a multiple of the mean of those between the first and the last arrival. */
function spreadOf(times: readonly number[]): { readonly peak: number; readonly window: number } {
  const first = Math.min(...times);
  const buckets: number[] = [];
  for (const time of times) {
    const at = Math.floor((time - first) / bucketMs);
    buckets[at] = (buckets[at] ?? 0) + 1;
  }
  const counts = Array.from(buckets, (count) => count ?? 0);
  return { peak: Math.max(...counts) / (times.length / counts.length), window: Math.max(...times) - first };
}
