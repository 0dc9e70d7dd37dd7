import type { Scenario } from "../scenario.ts";
import { chat } from "../traffic/chat.ts";
import type { PeerClient } from "../traffic/peer.ts";
import { ratio } from "../traffic/ratio.ts";

const perTurnBytes = 100_000;
const waitingBytes = 400_000;

/** Messages a second from a client that sends as fast as it is taken. Ours are typed, validated at both ends and acknowledged. */
export function oneWay(bytes: number, count: number, must: number): Scenario {
  return {
    name: `one way, ${bytes} B: messages a second`,
    must: `${must} times ws + JSON`,
    run: () => ratio("/s", must, (client) => measure(client, bytes, count)),
  };
}

async function measure(client: PeerClient, bytes: number, count: number): Promise<number> {
  const perTurn = Math.ceil(perTurnBytes / bytes);
  const before = await client.count();
  const startedAt = performance.now();
  for (let n = 0; n < count; n++) {
    client.say(chat(n, bytes));
    if (n % perTurn) continue;
    do await new Promise((resolve) => setImmediate(resolve));
    while (client.bufferedBytes > waitingBytes);
  }
  const got = (await client.count()) - before;
  if (got !== count) throw new Error(`${got} of ${count} messages arrived`);
  return count / ((performance.now() - startedAt) / 1_000);
}
