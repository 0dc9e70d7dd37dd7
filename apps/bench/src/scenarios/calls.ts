import { chat } from "../peers/chat.ts";
import type { Must, Race } from "../race/race.ts";
import { cpuFigure, timed } from "../race/timed.ts";
import { quantile } from "../report/summary.ts";

const peers = ["holdfast", "ws + JSON", "ws + JSON + zod", "Socket.IO", "tRPC ws", "graphql-ws"];

/** Calls with so many in flight: each asks the next when it is answered. */
export function callsInFlight(inFlight: number, count: number, musts: readonly Must[]): Race {
  return {
    title: `calls, 200 B, ${inFlight} in flight`,
    peers,
    figures: { rate: { name: "answers a second", unit: "/s", better: "more", musts }, cpu: cpuFigure },
    rounds: 7,
    async prepare({ server, dial, share }) {
      const client = await dial();
      const all = Math.ceil(count * share);
      return () =>
        timed(server, all, async () => {
          let asked = 0;
          const ask = async (): Promise<void> => {
            while (asked++ < all) await client.ask?.(chat(asked, 200));
          };
          await Promise.all(Array.from({ length: inFlight }, ask));
        });
    },
  };
}

/** One call after the other: how long each takes. */
export function callsInTurn(count: number, musts: readonly Must[]): Race {
  return {
    title: "calls, 200 B, one after the other",
    peers,
    figures: {
      p50: { name: "half of them within", unit: "us", better: "less", musts },
      p99: { name: "99 of 100 within", unit: "us", better: "less" },
      cpu: cpuFigure,
    },
    rounds: 7,
    async prepare({ server, dial, share }) {
      const client = await dial();
      const all = Math.ceil(count * share);
      return async () => {
        const times: number[] = [];
        const { cpu } = await timed(server, all, async () => {
          for (let n = 0; n < all; n++) {
            const startedAt = performance.now();
            await client.ask?.(chat(n, 200));
            times.push((performance.now() - startedAt) * 1_000);
          }
        });
        return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), cpu };
      };
    },
  };
}
