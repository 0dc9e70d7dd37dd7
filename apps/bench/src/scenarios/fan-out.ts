import type { Must, Race } from "../race/race.ts";
import { cpuFigure, timed } from "../race/timed.ts";

/** So many messages in a turn to everybody. */
export function fanOut(connections: number, count: number, perTurn: number, musts: readonly Must[]): Race {
  return {
    title: `fan-out to ${connections}, 200 B, ${perTurn} in a turn`,
    peers: ["holdfast", "ws + JSON", "Socket.IO", "Socket.IO + recovery"],
    figures: { rate: { name: "deliveries a second", unit: "/s", better: "more", musts }, cpu: cpuFigure },
    rounds: 5,
    async prepare({ server, dial, share }) {
      const clients = Math.ceil(connections * share);
      const all = clients * count;
      let got = 0;
      let done = (): void => {};
      const hear = (): void => {
        if (++got === all) done();
      };
      for (let n = 0; n < clients; n++) await dial(hear);
      return () =>
        timed(server, all, async () => {
          got = 0;
          const arrived = new Promise<void>((resolve) => (done = resolve));
          await server.publish(count, 200, perTurn);
          await arrived;
        });
    },
  };
}
