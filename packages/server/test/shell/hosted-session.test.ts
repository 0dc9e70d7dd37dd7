import { expect, it } from "vitest";
import { createAnyServer } from "../../src/host.ts";
import type { HostedSession } from "../../src/shell/hosted-session.ts";
import { virtualClock } from "../../../testing/src/index.ts";
import { defineContract, stream } from "@holdfast/core";
import * as z from "zod";

it("streams that wait for room are not asked again for every ack that says nothing new", async () => {
  const clock = virtualClock();
  const contract = defineContract({ fromClient: { ticks: stream({ item: z.number() }) } });
  const handlers = {
    *ticks() {
      for (let n = 1; ; n++) yield n;
    },
  };
  const secrets = { id: () => "s", token: () => "t", hash: (token: string) => token };
  const host = createAnyServer(contract, { log: "off" }, handlers, {
    clock,
    secrets,
    nextRound: queueMicrotask,
  });
  const written: string[] = [];
  const link = host.accept(
    {
      sendAll: (texts) => void written.push(...texts),
      close() {},
      terminate() {},
      bufferedBytes: 0,
      drainedBytes: 0,
      readBytes: 0,
    },
    undefined,
  );
  link.message('["hello",{"version":1,"attempt":1,"window":1000,"maxMessageBytes":1024}]');
  await clock.advanceAsync(10);
  const opens = Array.from({ length: 64 }, (_, index) => ["open", index + 1, "ticks", { credit: 1 }]);
  link.message(JSON.stringify(["data", 1, opens]));
  await clock.advanceAsync(10);

  const [session] = host.server.sessions as unknown as Iterable<HostedSession>;
  const end = session?.engine.end as HostedSession["engine"]["end"];
  const mayBring = end.mayBring.bind(end);
  let asked = 0;
  end.mayBring = (id) => {
    asked++;
    return mayBring(id);
  };
  for (let n = 0; n < 1_000; n++) {
    link.message('["ack",0]');
    await clock.advanceAsync(0);
  }
  expect(asked).toBe(0);
  // One that does goes to all of them.
  link.message('["ack",10]');
  await clock.advanceAsync(10);
  expect(asked).toBe(64);
});
