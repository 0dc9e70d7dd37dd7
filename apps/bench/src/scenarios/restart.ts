import { call, defineContract, event } from "@holdfast/core";
import { createClient, HoldfastError } from "@holdfast/node";
import { createServer, type NodeServer } from "@holdfast/server";
import * as z from "zod";
import type { Scenario } from "../scenario.ts";

const contract = defineContract({
  fromClient: {
    pay: call({ input: z.number() }),
    set: call({ input: z.number(), output: z.number(), idempotent: true }),
    ready: event(),
  },
});
const asked = 20;
/** The first window of the backoff that is used here, and the dial itself. */
const mustMs = 500 + 250;

/** A server that loses its state while calls are open: what is in doubt is told, what may be asked again is, and answered. */
export const restart: Scenario = {
  name: "server restart with state in memory: from its return to the new session, with 40 calls open",
  must: `within one backoff (${mustMs} ms here); ${asked} in doubt told one by one, ${asked} idempotent ones asked again`,
  async run() {
    let answers = false;
    const start = (): NodeServer<typeof contract> =>
      createServer(contract, { log: "off" }).handle({
        ready: () => {},
        pay: () => (answers ? undefined : new Promise<void>(() => {})),
        set: (n) => (answers ? n : new Promise<number>(() => {})),
      });
    const before = start();
    const { port, url } = await before.listen();
    await using client = createClient(contract, {
      url,
      backoff: { initialMs: 500, maxMs: 500 },
      stableAfterMs: 0,
      log: "off",
    });
    const numbers = Array.from({ length: asked }, (_, n) => n);
    const paid = numbers.map((n) => client.call("pay", n).then(undefined, (error: unknown) => error));
    const set = numbers.map((n) => client.call("set", n));
    await client.emit("ready");
    const lost = client.session.once("lost");

    await crash(before);
    answers = true;
    const after = start();
    await after.listen({ port });
    const backAt = performance.now();
    const { inDoubt } = await lost;
    const elapsedMs = performance.now() - backAt;
    const told = (await Promise.all(paid)).filter(
      (error) => HoldfastError.is(error, "SESSION_LOST") && error.inDoubt,
    );
    const again = (await Promise.all(set)).filter((answer, n) => answer === n);
    await client.close();
    await after.close();
    return [
      { who: "holdfast", value: elapsedMs, unit: "ms", isFine: elapsedMs <= mustMs },
      {
        who: "in doubt, told",
        value: inDoubt.length,
        unit: "calls",
        isFine: inDoubt.length === asked && told.length === asked,
      },
      { who: "asked again, answered", value: again.length, unit: "calls", isFine: again.length === asked },
    ];
  },
};

/** The process is gone: nobody says goodbye to a session. */
async function crash(server: NodeServer<typeof contract>): Promise<void> {
  await server.drain({ withinMs: 0 });
  await server.close();
}
