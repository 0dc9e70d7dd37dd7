import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { clients, type Opener } from "../peers/clients.ts";
import type { Row, Scenario } from "../scenario.ts";

const count = 64;
/** The window of the first retry, as each client's defaults have it. */
const windowMs: Record<string, number> = {
  holdfast: 500,
  partysocket: 4_000,
  "reconnecting-websocket": 4_000,
};
const mustShare = 0.8;

/** Clients that a server drops in the same instant: how far apart they dial again. */
export const herd: Scenario = {
  name: `herd: ${count} clients dropped at once, spread of the first redials`,
  must: `at least ${mustShare * 100} % of the backoff window`,
  async run() {
    const rows: Row[] = [];
    for (const peer of clients) rows.push(await spread(peer));
    return rows;
  },
};

async function spread(peer: Opener): Promise<Row> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const arrived = arrivals(server, count);
  const opened = Array.from({ length: count }, () => peer.open(`ws://127.0.0.1:${port}`));
  await arrived;

  const again = arrivals(server, count);
  for (const socket of server.clients) socket.close(1012, "restart");
  const times = await again;
  for (const client of opened) client.close();
  for (const socket of server.clients) socket.terminate();
  server.close();

  const share = (Math.max(...times) - Math.min(...times)) / (windowMs[peer.name] ?? NaN);
  const fine = peer.isOurs ? { isFine: share >= mustShare } : {};
  return { who: peer.name, value: share * 100, unit: "% of the window", ...fine };
}

/** When so many more sockets have arrived, and when each did. */
function arrivals(server: WebSocketServer, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  return new Promise((resolve) => {
    const arrive = (_: WebSocket): void => {
      if (times.push(performance.now()) < count) return;
      server.off("connection", arrive);
      resolve(times);
    };
    server.on("connection", arrive);
  });
}
