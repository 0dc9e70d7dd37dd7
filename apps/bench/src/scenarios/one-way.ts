import { chat } from "../peers/chat.ts";
import type { Must, Race } from "../race/race.ts";
import { cpuFigure, timed } from "../race/timed.ts";

const waitingBytes = 400_000;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Events from a client that sends as fast as they are taken, so many in a turn. */
export function up(bytes: number, count: number, perTurn: number, musts: readonly Must[]): Race {
  return {
    title: `client to server, ${bytes} B, ${perTurn} in a turn`,
    peers: [
      "holdfast",
      "ws raw text",
      "ws + JSON",
      "ws + JSON + zod",
      "Socket.IO",
      "partysocket",
      "reconnecting-websocket",
    ],
    figures: { rate: { name: "messages a second", unit: "/s", better: "more", musts }, cpu: cpuFigure },
    rounds: 7,
    async prepare({ server, dial, share }) {
      const client = await dial();
      const all = Math.ceil((count * share) / perTurn) * perTurn;
      return () =>
        timed(server, all, async () => {
          const arrived = server.arrived(all);
          for (let n = 0; n < all; n++) {
            client.say?.(chat(n, bytes));
            if ((n + 1) % perTurn) continue;
            do await turn();
            while ((client.bufferedBytes ?? 0) > waitingBytes);
          }
          await arrived;
        });
    },
  };
}

/** Events to one client from a server that sends as fast as they are taken. */
export function down(bytes: number, count: number, perTurn: number, musts: readonly Must[]): Race {
  return {
    title: `server to client, ${bytes} B, ${perTurn} in a turn`,
    peers: [
      "holdfast",
      "ws raw text",
      "ws + JSON",
      "ws + JSON + zod",
      "Socket.IO",
      "Socket.IO + recovery",
      "partysocket",
      "reconnecting-websocket",
    ],
    figures: { rate: { name: "messages a second", unit: "/s", better: "more", musts }, cpu: cpuFigure },
    rounds: 7,
    async prepare({ server, dial, share }) {
      const all = Math.ceil((count * share) / perTurn) * perTurn;
      let got = 0;
      let done = (): void => {};
      await dial(() => {
        if (++got === all) done();
      });
      return () =>
        timed(server, all, async () => {
          got = 0;
          const arrived = new Promise<void>((resolve) => (done = resolve));
          await server.push(all, bytes, perTurn);
          await arrived;
        });
    },
  };
}
