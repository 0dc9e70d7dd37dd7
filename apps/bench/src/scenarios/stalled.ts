import { chat } from "../peers/chat.ts";
import type { Figure, Must, Race } from "../race/race.ts";
import { usage } from "../race/usage.ts";

const bytes = 200;
const perTurn = 100;
/** Of a client's outbox of 1 MiB, the rest is left for what is on its way there. */
const waitingBytes = 900_000;
const settleMs = 500;
const megabyte = 1_048_576;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * A reader that takes nothing for so long, and a sender that says whatever is taken. First the server's handlers do not end, then
 * the client's process stands still. What is held at either end when it began, and when it is over.
 */
export function stalled(stallMs: number, musts: readonly Must[]): Race {
  const grown = (name: string): Figure => ({
    name,
    unit: "MB",
    better: "less",
    musts,
    isAboutNothing: true,
  });
  return {
    title: `a reader that stalls for ${stallMs / 1_000} s, with a sender at full speed`,
    peers: ["holdfast"],
    figures: {
      sender: grown("stalled server: what the client holds more at the end"),
      reader: grown("stalled server: what the server holds more at the end"),
      server: grown("stalled client: what the server holds more at the end"),
      rate: { name: "messages a second after it", unit: "/s", better: "more" },
    },
    rounds: 3,
    isFresh: true,
    async prepare({ server, dial, share }) {
      let got = 0;
      const client = await dial(() => got++);
      const flood = async (ms: number): Promise<number> => {
        const until = performance.now() + ms;
        let said = 0;
        while (performance.now() < until) {
          for (let n = 0; n < perTurn && (client.bufferedBytes ?? 0) < waitingBytes; n++)
            client.say?.(chat(said++, bytes));
          await turn();
        }
        return said;
      };
      return async () => {
        // Warm, and empty again.
        await server.arrived(await flood(settleMs));
        await server.stall();
        let said = await flood(settleMs);
        const mine = usage();
        const theirs = await server.usage();
        said += await flood(stallMs * share);
        const sender = (usage().heldBytes - mine.heldBytes) / megabyte;
        const reader = ((await server.usage()).heldBytes - theirs.heldBytes) / megabyte;
        await server.goOn();
        const goesOnAt = performance.now();
        said += await flood(settleMs);
        await server.arrived(said);
        const rate = said / ((performance.now() - goesOnAt) / 1_000);

        const before = (await server.usage()).heldBytes;
        const count = 100_000;
        const pushed = server.push(count, bytes, perTurn);
        await turn();
        // Nothing of this process runs.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stallMs * share);
        const after = (await server.usage()).heldBytes;
        await pushed;
        while (got < count) await turn();
        return { sender, reader, server: (after - before) / megabyte, rate };
      };
    },
  };
}
