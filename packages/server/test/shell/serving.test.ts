import { call, defineContract } from "@holdfast/core";
import { expect, it } from "vitest";
import * as z from "zod";
import { burstBytes } from "../../../core/src/exchange/burst.ts";
import { virtualClock } from "../../../testing/src/index.ts";
import { createAnyServer } from "../../src/host.ts";
import type { Server } from "../../src/options.ts";

const contract = defineContract({ fromClient: {}, fromServer: { ask: call({ input: z.string() }) } });

it("what is asked of one client goes ahead when it is worth a frame, whatever is asked of the others", async () => {
  const clock = virtualClock();
  let names = 0;
  const ports = {
    clock,
    secrets: { id: () => `s${++names}`, token: () => `t${++names}`, hash: (token: string) => token },
    nextRound: queueMicrotask,
  };
  const { server, accept } = createAnyServer(contract, { log: "off" }, {}, ports);
  const written: string[] = [];
  const quiet = { close() {}, terminate() {}, bufferedBytes: 0, drainedBytes: 0, readBytes: 0 };
  for (const name of ["one", "other"]) {
    const end = accept({ ...quiet, sendAll: () => void written.push(name) }, undefined);
    end.message('["hello",{"version":1,"attempt":1,"window":100000,"maxMessageBytes":100000}]');
    end.message("ping");
  }
  await clock.advanceAsync(1);
  written.length = 0;
  const [one, other] = (server as Server<typeof contract>).sessions;
  void one?.call("ask", "x".repeat(0.75 * burstBytes)).catch(() => {});
  void other?.call("ask", "x".repeat(0.75 * burstBytes)).catch(() => {});
  expect(written).toEqual([]);
  void one?.call("ask", "x".repeat(0.25 * burstBytes)).catch(() => {});
  expect(written).toEqual(["one"]);
});
