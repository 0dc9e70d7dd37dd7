import { call, defineContract } from "@holdfast/core";
import { expect, it } from "vitest";
import * as z from "zod";
import { burstBytes } from "../../../core/src/exchange/burst.ts";
import { virtualClock } from "../../../testing/src/index.ts";
import { createAnyServer } from "../../src/host.ts";
import type { Server } from "../../src/options.ts";

const contract = defineContract({
  fromClient: { work: call() },
  fromServer: { ask: call({ input: z.string() }) },
});

/** A server with two clients; what is written to each, and the codes with which they are hung up. */
async function createTwo() {
  const clock = virtualClock();
  let names = 0;
  const ports = {
    clock,
    secrets: { id: () => `s${++names}`, token: () => `t${++names}`, hash: (token: string) => token },
    nextRound: queueMicrotask,
  };
  const { server, accept } = createAnyServer(
    contract,
    { log: "off" },
    { work: () => new Promise<never>(() => {}) },
    ports,
  );
  const written: string[] = [];
  const codes: number[] = [];
  const quiet = { terminate() {}, bufferedBytes: 0, drainedBytes: 0, readBytes: 0 };
  const ends = ["one", "other"].map((name) => {
    const close = (code: number): void => void codes.push(code);
    const end = accept({ ...quiet, close, sendAll: () => void written.push(name) }, undefined);
    end.message('["hello",{"version":1,"attempt":1,"window":100000,"maxMessageBytes":100000}]');
    end.message("ping");
    return end;
  });
  await clock.advanceAsync(1);
  written.length = 0;
  return { clock, server: server as Server<typeof contract>, ends, written, codes };
}

it("what is asked of one client goes ahead when it is worth a frame, whatever is asked of the others", async () => {
  const { server, written } = await createTwo();
  const [one, other] = server.sessions;
  void one?.call("ask", "x".repeat(0.75 * burstBytes)).catch(() => {});
  void other?.call("ask", "x".repeat(0.75 * burstBytes)).catch(() => {});
  expect(written).toEqual([]);
  void one?.call("ask", "x".repeat(0.25 * burstBytes)).catch(() => {});
  expect(written).toEqual(["one"]);
});

it("who asks twice by one id is hung up when that is handed over, and nobody else", async () => {
  const { clock, ends, codes, written } = await createTwo();
  ends[0]?.message('["data",1,[["call",1,"work"],["call",1,"work"]]]');
  ends[1]?.message('["data",1,[["call",1,"work"]]]');
  await clock.advanceAsync(1);
  expect([codes, written.includes("other")]).toEqual([[4000], true]);
});
