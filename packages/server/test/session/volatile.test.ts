import { type Client, createAnyClient, defineContract, event, type LinkListener } from "@holdfast/core";
import { expect, it } from "vitest";
import * as z from "zod";
import { virtualClock } from "../../../testing/src/index.ts";
import { createAnyServer } from "../../src/host.ts";

const wave = event(z.number(), { delivery: "volatile" });
const contract = defineContract({ fromClient: { wave }, fromServer: { wave } });
/** What another implementation may say: two records in one frame. */
const twice = '["volatile",[["event","wave",1],["event","wave",2]]]';
const link = { close() {}, terminate() {}, bufferedBytes: 0 };

it("a handler that closes its session hears no more of it, of the same frame neither", async () => {
  const clock = virtualClock();
  const got: unknown[] = [];
  const handlers = {
    wave(n: number, { session }: { readonly session: { close(): void } }) {
      got.push(n);
      session.close();
    },
  };
  const { accept } = createAnyServer(contract, { log: "off" }, handlers, {
    clock,
    secrets: { id: () => "s", token: () => "t", hash: (token) => token },
    nextRound: queueMicrotask,
  });
  const end = accept({ ...link, sendAll() {}, drainedBytes: 0, readBytes: 0 }, undefined);
  end.message('["hello",{"version":1,"attempt":1,"window":1000,"maxMessageBytes":1024}]');
  await clock.advanceAsync(1);
  end.message(twice);
  expect(got).toEqual([1]);
});

it("a listener that closes its client hears no more of it, of the same frame neither", async () => {
  const clock = virtualClock();
  const got: unknown[] = [];
  let end: LinkListener | undefined;
  const adapter = {
    clock,
    transport: {
      dial(_: object, listener: LinkListener) {
        end = listener;
        return { ...link, send() {}, isWritable: true };
      },
    },
    surroundings: { watch: () => () => {} },
    hasPing: false,
    base: () => undefined,
  };
  const client = createAnyClient(adapter, contract, { url: "ws://server.test/", log: "off" }) as Client<
    typeof contract
  >;
  client.on("wave", (n) => {
    got.push(n);
    void client.close();
  });
  end?.opened();
  await clock.advanceAsync(1);
  const heartbeat = { intervalMs: 1_000, timeoutMs: 1_000 };
  const session = { id: "s", token: "t" };
  const limits = { window: 1_000, heartbeat, resumeWithinMs: 1_000, maxMessageBytes: 1_024 };
  end?.message(JSON.stringify(["welcome", { session, generation: 1, outcome: "opened", ...limits }]));
  end?.message(twice);
  expect(got).toEqual([1]);
});
