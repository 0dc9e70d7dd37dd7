import { chat } from "../peers/chat.ts";
import { peerNamed } from "../peers/peers.ts";
import type { Order } from "./remote.ts";
import { cpuMs, usage } from "./usage.ts";

// The server's process: serves the peer that its first argument names, does what it is told, ends with who started it.
let heard = 0;
let wanted = Infinity;
let wake = (): void => {};
let arrivals: number[] = [];
const server = await peerNamed(process.argv[2] ?? "").serve(() => {
  if (++heard >= wanted) wake();
});
server.http.on("upgrade", () => arrivals.push(performance.now()));

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function say(
  one: ((message: ReturnType<typeof chat>) => void) | undefined,
  flow: (() => Promise<void>) | undefined,
  [count, bytes, perTurn]: readonly [number, number, number],
): Promise<void> {
  if (!one) throw new Error("it cannot do that");
  for (let n = 0; n < count; n++) {
    one(chat(n, bytes));
    if ((n + 1) % perTurn) continue;
    await turn();
    await flow?.();
  }
}

async function obey(order: Order): Promise<unknown> {
  switch (order[0]) {
    case "arrived":
      wanted = order[1];
      if (heard < wanted) await new Promise<void>((resolve) => (wake = resolve));
      heard -= wanted;
      wanted = Infinity;
      return;
    case "push":
      return say(server.say, server.flow, [order[1], order[2], order[3]]);
    case "publish":
      return say(server.publish, server.publishFlow, [order[1], order[2], order[3]]);
    case "stall":
      return server.stall?.();
    case "goOn":
      return server.goOn?.();
    case "drop":
      return server.drop();
    case "cut":
      return server.cut();
    case "back":
      return server.back();
    case "arrivals": {
      const told = arrivals;
      arrivals = [];
      return told;
    }
    case "usage":
      return usage();
    case "cpu":
      return cpuMs();
  }
}

process.on("message", async ({ id, order }: { id: number; order: Order }) => {
  process.send?.({ id, answer: await obey(order) });
});
process.on("disconnect", () => process.exit());
process.send?.(server.url);
