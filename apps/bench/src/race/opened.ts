import type { PeerClient } from "../peers/peer.ts";

/** So many dials at a time: what a listening socket queues is bounded. */
const atATime = 50;

/** Opens so many clients. */
export async function opened(count: number, dial: () => Promise<PeerClient>): Promise<readonly PeerClient[]> {
  const clients: PeerClient[] = [];
  let left = count;
  const next = async (): Promise<void> => {
    while (left-- > 0) clients.push(await dial());
  };
  await Promise.all(Array.from({ length: atATime }, next));
  return clients;
}
