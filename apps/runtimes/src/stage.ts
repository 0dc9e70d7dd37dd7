import { createServer } from "@holdfast/server";
import { createFaultProxy } from "@holdfast/testing/node";
import { contract } from "./contract.ts";

/** A server behind a network that fails. */
export interface Stage extends AsyncDisposable {
  readonly url: string;
}

const everyMs = 1_000;
const blackMs = 600;

/** The network fails every second: reset, half-open and black hole by turns. */
export async function openStage(): Promise<Stage> {
  const server = createServer(contract, { heartbeat: { intervalMs: 500, timeoutMs: 250 } }).handle({
    say: (n, { session }) => void session.emit("heard", n),
    double: (n) => n * 2,
    *count(to, { since = 0 }) {
      for (let n = since + 1; n <= to; n++) yield n;
    },
  });
  const { url } = await server.listen();
  const proxy = await createFaultProxy({ to: url });
  const faults = [
    () => proxy.cut(),
    () => proxy.halfOpen(),
    () => {
      proxy.blackhole();
      setTimeout(() => proxy.heal(), blackMs);
    },
  ];
  let turn = 0;
  const weather = setInterval(() => faults[turn++ % faults.length]?.(), everyMs);
  return {
    url: proxy.url(),
    async [Symbol.asyncDispose]() {
      clearInterval(weather);
      await proxy.close();
      await server.close();
    },
  };
}
