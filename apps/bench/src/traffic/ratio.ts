import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { median, type Row } from "../scenario.ts";
import type { PeerClient } from "./peer.ts";
import { peers } from "./peers.ts";

const rounds = 5;
const reference = "ws + JSON";

/**
 * Measures every peer in its own pair of processes, round by round in turn, so that whatever else the machine does hits all
 * alike. Medians, and what they are of `ws + JSON`; ours has to reach `must` times that.
 */
export async function ratio(
  unit: string,
  must: number,
  measure: (client: PeerClient) => Promise<number>,
): Promise<readonly Row[]> {
  const program = fileURLToPath(new URL("./serve.ts", import.meta.url));
  const all = await Promise.all(
    peers.map(async (peer) => {
      const child = spawn(process.execPath, ["--conditions=@holdfast/source", program, peer.name], {
        stdio: ["pipe", "pipe", "inherit"],
      });
      const [line] = (await once(child.stdout, "data")) as [Buffer];
      const client = await peer.dial(String(line).trim());
      return { peer, child, client, values: [] as number[] };
    }),
  );
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const { client, values } of all) {
      const value = await measure(client);
      if (round > 0) values.push(value);
    }
  }
  for (const { client, child } of all) {
    await client.close();
    child.stdin.end();
    await once(child, "exit");
  }
  const base = median(all.find(({ peer }) => peer.name === reference)?.values ?? []);
  return all.flatMap(({ peer, values }) => {
    const value = median(values);
    const isOurs = peer.name === "holdfast";
    const rows: Row[] = [{ who: peer.name, value, unit }];
    rows.push({
      who: `  of ${reference}`,
      value: value / base,
      unit: "x",
      ...(isOurs && { isFine: value / base >= must }),
    });
    return rows;
  });
}
