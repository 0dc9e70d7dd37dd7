import type { Must, Race } from "../race/race.ts";

/** A stream read as fast as it comes; ours with the default credit, the others without any. */
export function streams(count: number, musts: readonly Must[]): Race {
  return {
    title: "streams, 200 B",
    peers: ["holdfast", "tRPC ws", "graphql-ws"],
    figures: { rate: { name: "items a second", unit: "/s", better: "more", musts } },
    rounds: 5,
    async prepare({ dial, share }) {
      const client = await dial();
      const all = Math.ceil(count * share);
      return async () => {
        const startedAt = performance.now();
        let got = 0;
        for await (const item of client.items?.(all, 200) ?? []) if (item) got++;
        if (got !== all) throw new Error(`${got} of ${all} items came`);
        return { rate: all / ((performance.now() - startedAt) / 1_000) };
      };
    },
  };
}
