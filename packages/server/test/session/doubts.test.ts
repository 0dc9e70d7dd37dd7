import { type Client, createAnyClient, defineContract, event } from "@holdfast/core";
import * as z from "zod";
import { expect, it } from "vitest";
import { SimulatedNetwork, virtualClock } from "../../../testing/src/index.ts";
import { createAnyServer } from "../../src/host.ts";
import { fate } from "./world.ts";

const small = defineContract({
  fromClient: { put: event(z.string(), { idempotent: true }) },
  fromServer: {},
});

/** A client of a server that is replaced by another, which knows nothing. */
async function createStage() {
  const clock = virtualClock();
  const got: number[] = [];
  let names = 0;
  const start = (maxMessageBytes: number, windowBytes = 50_000) =>
    createAnyServer(
      small,
      { log: "off", limits: { maxMessageBytes, windowBytes } },
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
  return {
    clock,
    got,
    network,
    close: () => void client.close(),
    put: (length: number) => fate(client.emit("put", "x".repeat(length))),
    replace(...limits: Parameters<typeof start>): void {
      network.cut();
      host = start(...limits);
    },
  };
}

it("what a session before may have had is in doubt, and not 'nothing was sent'", async () => {
  const { clock, got, put, replace } = await createStage();
  const one = put(2_000);
  await clock.advanceAsync(25);
  replace(1_024);
  await clock.advanceAsync(10_000);
  expect(got).toEqual([2_000]);
  expect(one.now).toMatchObject({ code: "SESSION_LOST", inDoubt: true });
});

it("a doubt outlives the next session, in which it was never said", async () => {
  const { clock, got, network, put, replace } = await createStage();
  const one = put(2_000);
  const two = put(2_001);
  await clock.advanceAsync(25);
  replace(100_000, 2_500);
  // The window has room for the first alone, and its ack is late.
  while (got.length < 3) await clock.advanceAsync(1);
  replace(1_024);
  await clock.advanceAsync(10_000);
  expect(got).toEqual([2_000, 2_001, 2_000]);
  expect(network.totalLinks).toBe(3);
  for (const { now } of [one, two]) expect(now).toMatchObject({ code: "SESSION_LOST", inDoubt: true });
});

it("a doubt outlives a client that closes before it was said again", async () => {
  const { clock, close, got, put, replace } = await createStage();
  put(2_000);
  const two = put(2_001);
  await clock.advanceAsync(25);
  replace(100_000, 2_500);
  // The window has room for the first alone, and its ack is late.
  while (got.length < 3) await clock.advanceAsync(1);
  close();
  await clock.advanceAsync(10_000);
  expect(got).toEqual([2_000, 2_001, 2_000]);
  expect(two.now).toMatchObject({ code: "CLOSED", inDoubt: true });
});
