import type { Must, Race } from "../race/race.ts";
import { redials } from "../race/redials.ts";

/** Clients that a server drops in the same instant: how far apart they dial again, each with its own defaults. */
export function herd(connections: number, musts: readonly Must[]): Race {
  return {
    title: `${connections} clients dropped at once, spread of the first redials`,
    peers: ["holdfast connect", "partysocket", "reconnecting-websocket"],
    figures: { spread: { name: "from the first to the last", unit: "ms", better: "more", musts } },
    rounds: 5,
    isFresh: true,
    isExact: true,
    prepare: async (stage) => async () => {
      const times = await redials(stage, connections);
      return { spread: Math.max(...times) - Math.min(...times) };
    },
  };
}
