import type { Scenario } from "../scenario.ts";
import { chat } from "../traffic/chat.ts";
import { ratio } from "../traffic/ratio.ts";

/** Calls a second with so many in flight: each asks the next when it is answered. */
export function calls(inFlight: number, count: number, must: number): Scenario {
  return {
    name: `calls, ${inFlight} in flight, 200 B: answers a second`,
    must: `${must} times ws + JSON`,
    run: () =>
      ratio("/s", must, async (client) => {
        const startedAt = performance.now();
        let asked = 0;
        const ask = async (): Promise<void> => {
          while (asked++ < count) await client.ask(chat(asked, 200));
        };
        await Promise.all(Array.from({ length: inFlight }, ask));
        return count / ((performance.now() - startedAt) / 1_000);
      }),
  };
}
