import fc from "fast-check";
import {
  type AnyClientOptions,
  type Client,
  createAnyClient,
  type Transport,
  type Turn,
} from "@holdfast/core";
import { describe, expect, it } from "vitest";
import { contract, createWorld, fate, type K, onlySession, type World } from "./world.ts";

/** A client of a runtime where what nobody awaits is written a while later, and that tells no more of its buffers than a browser does. */
function connectWaiting({ network, clock }: World, waitMs: readonly number[]): Client<K> {
  let waits = 0;
  let isWaiting = false;
  const turn: Turn = (flush, canWait) => {
    if (!canWait) return Promise.resolve().then(flush);
    if (isWaiting) return undefined;
    isWaiting = true;
    clock.schedule(waitMs[waits++ % waitMs.length] ?? 0, () => {
      isWaiting = false;
      flush();
    });
    return undefined;
  };
  const transport: Transport = {
    dial: (request, listener) => network.dial(request, { ...listener, drained() {} }),
  };
  const surroundings = { watch: () => () => {} };
  const adapter = { transport, clock, surroundings, hasPing: false, base: () => undefined, turn };
  const options: AnyClientOptions = {
    url: "ws://server.test/",
    log: "off",
    backoff: { initialMs: 100, jitter: "none" },
  };
  return createAnyClient(adapter, contract, options);
}

const quiet = ["say", "await", "call", "news", "pass", "settle"] as const;
const faults = ["cut", "halfOpen", "vanish"] as const;
type Step = (typeof quiet | typeof faults)[number];

describe("what waits to be written with what comes next", () => {
  it.each([
    ["soon, whatever is awaited and however small the window", quiet, 500],
    ["whatever happens to links", [...quiet, ...faults], 120_000],
  ])("arrives once and in order, in both directions, %s", async (_, steps: readonly Step[], withinMs) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...steps), { maxLength: 60 }),
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(1, 60, 100_000),
        async (script, waitMs, windowBytes) => {
          const world = createWorld({ server: { limits: { windowBytes } }, client: { start: "manual" } });
          const { server, network, pass, got } = world;
          const client = connectWaiting(world, waitMs);
          const heard: number[] = [];
          const answers: { readonly now: unknown }[] = [];
          const wanted: unknown[] = [];
          client.on("news", (n) => heard.push(n));
          await pass(1_000);
          const session = onlySession(server.sessions);
          let said = 0;
          let told = 0;
          const want = (answer: Promise<unknown>, what: unknown): void => {
            answers.push(fate(answer));
            wanted.push(what);
          };
          const acts: Record<Step, () => unknown> = {
            say: () => void client.emit("say", ++said),
            await: () => want(client.emit("say", ++said), "done"),
            call: () => want(client.call("put", ++said, { timeoutMs: 110_000 }), said),
            news: () => void session.emit("news", ++told),
            cut: () => network.cut(),
            halfOpen: () => network.halfOpen(),
            vanish: () => network.vanish(),
            pass: () => pass(3),
            settle: () => pass(0),
          };
          for (const step of script) await acts[step]();
          await pass(withinMs);
          const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
          expect([got, heard]).toEqual([upTo(said), upTo(told)]);
          expect(answers.map(({ now }) => now)).toEqual(wanted);
          expect(client.bufferedBytes).toBe(0);
          void client.close();
          await pass();
          expect(client.state.phase).toBe("ended");
        },
      ),
    );
  });
});
