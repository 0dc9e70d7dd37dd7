import { setTimeout as sleep } from "node:timers/promises";
import { opened } from "./opened.ts";
import type { Stage } from "./race.ts";

const lookEveryMs = 250;
const mostLooks = 40;

/** Opens so many clients, drops them all in the same instant, and tells when each was there again, by the server's clock. */
export async function redials(
  { server, dial, share }: Stage,
  connections: number,
): Promise<readonly number[]> {
  const clients = Math.ceil(connections * share);
  await opened(clients, dial);
  await server.arrivals();
  await server.drop();
  const times: number[] = [];
  for (let looks = 0; times.length < clients && looks < mostLooks; looks++) {
    await sleep(lookEveryMs);
    times.push(...(await server.arrivals()));
  }
  return times;
}
