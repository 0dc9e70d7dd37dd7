import { setTimeout as sleep } from "node:timers/promises";
import { chat } from "../peers/chat.ts";
import type { PeerClient } from "../peers/peer.ts";
import type { Must, Race } from "../race/race.ts";

const records = 100;
/** How long nobody can come back. */
const awayMs = 300;
/** What the bound adds for it. Who was refused three times would wait up to 4 s by default. */
const maxBackoffMs = 1_000;

/** Every link is lost at once, and both ends go on saying: how long from the server's return until everybody has everything. */
export function comeback(connections: number, musts: readonly Must[]): Race {
  return {
    title: `${connections} sessions come back, each with ${records} records of 200 B from either end that were not acknowledged`,
    peers: ["holdfast", "Socket.IO + recovery"],
    figures: { time: { name: "until all have all", unit: "ms", better: "less", musts } },
    rounds: 3,
    isFresh: true,
    async prepare({ server, dial, share }) {
      const clients = Math.ceil(connections * share);
      return async () => {
        let got = 0;
        let wanted = clients;
        let done = (): void => {};
        const hear = (): void => {
          if (++got === wanted) done();
        };
        const heard = (count: number): Promise<void> => {
          got = 0;
          wanted = count;
          return new Promise((resolve) => (done = resolve));
        };
        const all: PeerClient[] = [];
        for (let n = 0; n < clients; n++) all.push(await dial(hear, maxBackoffMs));
        // One that everybody has: without it Socket.IO brings nothing back.
        const first = heard(clients);
        await server.publish(1, 200, 1);
        await first;

        const down = heard(clients * records);
        const up = server.arrived(clients * records);
        await server.cut();
        await server.publish(records, 200, records);
        for (let n = 0; n < records; n++) for (const client of all) client.say?.(chat(n, 200));
        await sleep(awayMs);
        await server.back();
        const backAt = performance.now();
        await Promise.all([up, down]);
        return { time: performance.now() - backAt };
      };
    },
  };
}
