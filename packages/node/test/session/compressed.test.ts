import type { Socket } from "node:net";
import { call, createServer, defineContract, event, type NodeServer } from "@holdfast/server";
import { createFaultProxy } from "@holdfast/testing/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { tcpFaults, torment } from "../../../server/test/trial/faults.ts";
import { runTrial, trial } from "../../../server/test/trial/trial.ts";
import { createClient } from "../../src/index.ts";

const options = { backoff: { initialMs: 10, maxMs: 100 }, dialTimeoutMs: 1_500, log: "off" } as const;

describe("of a server that compresses", () => {
  const feed = defineContract({
    fromClient: { fill: call({ input: z.int(), output: z.null() }) },
    fromServer: { item: event(z.string()) },
  });
  const sockets: Socket[] = [];
  let server: NodeServer<typeof feed>;
  let url: string;
  beforeAll(async () => {
    server = createServer(feed, {
      perMessageDeflate: true,
      authenticate({ request }) {
        sockets.push(request.socket);
        return { identity: { id: "somebody" } };
      },
    }).handle({
      fill(count, { session }) {
        for (let n = 0; n < count; n++) void session.emit("item", `item ${n}`.padEnd(200, "."));
        return null;
      },
    });
    ({ url } = await server.listen());
  });
  afterAll(() => server.close());

  it.each([
    ["a client that offers it", true],
    ["one that does not", false],
  ])("%s reads the same messages in order, in as many bytes as it agreed to", async (_, isOffered) => {
    await using client = createClient(feed, { ...options, url, perMessageDeflate: isOffered });
    const got: string[] = [];
    client.on("item", (text) => got.push(text));
    await client.call("fill", 1_000);
    expect(got.map((text) => Number(text.slice(5, 9).replaceAll(".", "")))).toEqual([...got.keys()]);
    expect(got).toHaveLength(1_000);
    const bytes = sockets.at(-1)?.bytesWritten ?? 0;
    if (isOffered) expect(bytes).toBeLessThan(20_000);
    else expect(bytes).toBeGreaterThan(200_000);
  });
});

it.each(Object.entries(tcpFaults))(
  "compressed at both ends, 2,000 messages each way arrive once and in order under %s",
  async (_, fault) => {
    const perMessageDeflate = { threshold: 0 };
    const heartbeat = { intervalMs: 1_000, timeoutMs: 500 };
    await using server = createServer(trial, { heartbeat, perMessageDeflate, log: "off" }).handle({
      say: (n, { session }) => void session.emit("said", n),
      echo: (n) => n,
      *count(to, { since = 0 }) {
        for (let n = since + 1; n <= to; n++) yield n;
      },
    });
    await using proxy = await createFaultProxy({ to: (await server.listen()).url, seed: 7 });
    await using client = createClient(trial, { ...options, perMessageDeflate, url: proxy.url() });
    const relieve = torment(proxy, fault, 7);
    const outcome = await runTrial(client, 2_000).finally(relieve);
    const whole = { received: 2_000, lost: 0, doubled: 0, reordered: 0 };
    expect(outcome).toMatchObject({ said: whole, answers: 40, items: whole, losses: 0 });
    expect(outcome.resumes).toBeGreaterThan(0);
  },
);
