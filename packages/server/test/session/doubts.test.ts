import { type Client, createAnyClient, defineContract, event } from "@holdfast/core";
import * as z from "zod";
import { expect, it } from "vitest";
import { SimulatedNetwork, virtualClock } from "../../../testing/src/index.ts";
import { createAnyServer } from "../../src/host.ts";
import { fate } from "./world.ts";

it("what a session before may have had is in doubt, and not 'nothing was sent'", async () => {
  const clock = virtualClock();
  const got: number[] = [];
  let names = 0;
  const small = defineContract({
    fromClient: { put: event(z.string(), { idempotent: true }) },
    fromServer: {},
  });
  const start = (maxMessageBytes: number) =>
    createAnyServer(
      small,
      { log: "off", limits: { maxMessageBytes } },
      { put: (text: string) => void got.push(text.length) },
      {
        clock,
        secrets: { id: () => `s${++names}`, token: () => `t${++names}`, hash: (token) => token },
        nextRound: queueMicrotask,
      },
    );
  let host = start(100_000);
  const network = new SimulatedNetwork(clock, (link, request) => host.accept(link, request));
  const client = createAnyClient(
    {
      transport: network,
      clock,
      surroundings: { watch: () => () => {} },
      hasPing: false,
      base: () => undefined,
    },
    small,
    { url: "ws://server.test/", log: "off" },
  ) as unknown as Client<typeof small>;
  await clock.advanceAsync(50);
  network.latencyMs = 20;
  const put = fate(client.emit("put", "x".repeat(2_000)));
  await clock.advanceAsync(25);
  network.cut();
  host = start(1_024);
  await clock.advanceAsync(10_000);
  expect(got).toEqual([2_000]);
  expect(put.now).toMatchObject({ code: "SESSION_LOST", inDoubt: true });
});
