import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect } from "@holdfast/node";
import { createFaultProxy } from "@holdfast/testing/node";
import { WebSocketServer } from "ws";
import { median, type Scenario } from "../scenario.ts";

const rounds = 5;
const mustMs = 1_600;

/** A link that goes silent without a word: how long until the next dial. */
export const blackHole: Scenario = {
  name: "black hole: heartbeat 1 s / 0.5 s, from silence to the next dial",
  must: `at most ${mustMs} ms`,
  async run() {
    const values: number[] = [];
    for (let round = 0; round < rounds; round++) values.push(await silenceToDial());
    const value = median(values);
    return [{ who: "holdfast", value, unit: "ms", isFine: Math.max(...values) <= mustMs }];
  },
};

async function silenceToDial(): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await using proxy = await createFaultProxy({ to: { host: "127.0.0.1", port } });
  const connection = connect(proxy.url(), {
    heartbeat: { intervalMs: 1_000, timeoutMs: 500 },
    log: "off",
  });
  await connection.opened();
  // Something is heard, then nothing any more.
  for (const socket of server.clients) socket.send("last words");
  await connection.once("message");
  proxy.blackhole();
  const silentAt = performance.now();
  await connection.once("state", ({ name, phase }) => name === "CONNECTING" && phase === "dialing");
  const elapsedMs = performance.now() - silentAt;
  await connection.close();
  for (const socket of server.clients) socket.terminate();
  server.close();
  return elapsedMs;
}
