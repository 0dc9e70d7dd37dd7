import { setTimeout as sleep } from "node:timers/promises";
import { opened } from "../race/opened.ts";
import type { Must, Race } from "../race/race.ts";

/** Clients that a server drops in the same instant: how far apart they dial again, each with its own defaults. */
export function herd(connections: number, musts: readonly Must[]): Race {
  return {
    title: `${connections} clients dropped at once, spread of the first redials`,
    peers: ["holdfast connect", "partysocket", "reconnecting-websocket"],
    figures: { spread: { name: "from the first to the last", unit: "ms", better: "more", musts } },
    rounds: 5,
    isFresh: true,
    async prepare({ server, dial, share }) {
      const clients = Math.ceil(connections * share);
      return async () => {
        await opened(clients, dial);
        await server.arrivals();
        await server.drop();
        const times: number[] = [];
        for (let looks = 0; times.length < clients && looks < 40; looks++) {
          await sleep(250);
          times.push(...(await server.arrivals()));
        }
        const first = times.slice(0, clients);
        return { spread: Math.max(...first) - Math.min(...first) };
      };
    },
  };
}
