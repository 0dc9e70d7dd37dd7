import { call, defineContract, event, stream } from "@holdfast/core";
import { createServer, type NodeServer } from "@holdfast/server";
import { createFaultProxy } from "@holdfast/testing/node";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { tcpFaults, torment } from "../../../server/test/trial/faults.ts";
import { tally } from "../../../server/test/trial/trial.ts";
import { createClient } from "../../src/index.ts";
import { findPython } from "../../../../scripts/python.ts";
import { PythonProgram } from "./python.ts";

const count = 2_000;
const whole = { received: count, lost: 0, doubled: 0, reordered: 0 };
// The test command says so where there is none.
const python = findPython();

/** What interop/python/README.md says its programs do. */
const contract = defineContract({
  fromClient: {
    say: event(z.number()),
    echo: call({ input: z.unknown(), output: z.unknown() }),
    fail: call({ errors: { FULL: z.object({ limit: z.number() }) } }),
    count: stream({ input: z.object({ to: z.number() }), item: z.number(), cursor: (n) => n }),
  },
  fromServer: { said: event(z.number()) },
});

/** Our server of it, which notes what it was told. */
function serve(got: number[]): NodeServer<typeof contract> {
  return createServer(contract, { heartbeat: { intervalMs: 1_000, timeoutMs: 500 }, log: "off" }).handle({
    say(n, { session }) {
      got.push(n);
      void session.emit("said", n);
    },
    echo: (input) => input,
    fail: (_, { fail }) => fail("FULL", { limit: 3 }),
    *count({ to }, { since = 0 }) {
      for (let n = since + 1; n <= to; n++) yield n;
    },
  });
}

const rows = [["no fault", undefined] as const, ...Object.entries(tcpFaults)];
const backoff = { initialMs: 10, maxMs: 100 };

describe.skipIf(python === undefined)(
  "with an implementation in Python, written from PROTOCOL.md alone",
  () => {
    it.concurrent.each(rows)("our client loses nothing against its server: %s", async (_, fault) => {
      await using program = new PythonProgram(python ?? "", "holdfast_server.py", [
        "--port",
        "0",
        "--interval-ms",
        "1000",
        "--timeout-ms",
        "500",
      ]);
      const port = (await program.line()).replace("listening ", "");
      await using proxy = await createFaultProxy({ to: `ws://127.0.0.1:${port}/` });
      await using client = createClient(contract, { url: proxy.url(), backoff, log: "off" });
      const relieve = fault ? torment(proxy, fault, 1) : (): void => {};
      const said: number[] = [];
      const items: number[] = [];
      client.on("said", (n) => said.push(n));
      const reading = (async () => {
        for await (const item of client.stream("count", { to: 200 })) items.push(item);
      })();
      for (let n = 1; n <= count; n++) {
        void client.emit("say", n);
        if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      }
      const answer = await client.call("echo", { words: "ä€𝄞" }, { timeoutMs: 50_000 });
      const failed = await client.tryCall("fail", undefined, { timeoutMs: 50_000 });
      await reading;
      await client.drained({ timeoutMs: 50_000 });
      if (said.length < count) await client.once("said", () => said.length >= count, { timeoutMs: 30_000 });
      relieve();
      program.say("report");
      const { received } = JSON.parse(await program.line()) as { received: number[] };
      expect(tally(said, count)).toEqual(whole);
      expect(tally(received, count)).toEqual(whole);
      expect(items).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
      expect([answer, failed]).toEqual([
        { words: "ä€𝄞" },
        { ok: false, error: { code: "FULL", data: { limit: 3 } } },
      ]);
    });

    it.concurrent.each(rows)("its client loses nothing against our server: %s", async (_, fault) => {
      const got: number[] = [];
      await using server = serve(got);
      const { url } = await server.listen();
      await using proxy = await createFaultProxy({ to: url });
      const relieve = fault ? torment(proxy, fault, 2) : (): void => {};
      await using program = new PythonProgram(python ?? "", "holdfast_client.py", [
        proxy.url(),
        "--count",
        `${count}`,
        "--rate",
        "2000",
      ]);
      const report: unknown = JSON.parse(await program.line());
      relieve();
      expect(report).toMatchObject({ sent: count, lost: 0, doubled: 0, reordered: 0, calls: 20, items: 100 });
      expect(tally(got, count)).toEqual(whole);
    });

    it.concurrent("its client gives up a dial that hears nothing, after a link that was lost too", async ({
      expect,
    }) => {
      const got: number[] = [];
      await using server = serve(got);
      const { url } = await server.listen();
      await using proxy = await createFaultProxy({ to: url });
      await using program = new PythonProgram(python ?? "", "holdfast_client.py", [
        proxy.url(),
        "--count",
        `${count}`,
        "--rate",
        "1000",
      ]);
      await expect.poll(() => got.length).toBeGreaterThan(10);
      proxy.blackhole();
      proxy.cut();
      await expect.poll(() => proxy.totalLinks).toBeGreaterThan(2);
      proxy.heal();
      const report: unknown = JSON.parse(await program.line());
      expect(report).toMatchObject({ sent: count, lost: 0, doubled: 0, reordered: 0, calls: 20, items: 100 });
      expect(tally(got, count)).toEqual(whole);
    });
  },
);
