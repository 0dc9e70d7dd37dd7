import { defineContract, event } from "@holdfast/core";
import { expect, it } from "vitest";
import * as z from "zod";
import { virtualClock } from "../../../testing/src/index.ts";
import { createAnyServer } from "../../src/host.ts";
import type { Server } from "../../src/options.ts";

const contract = defineContract({ fromServer: { news: event(z.string()) } });

/** What becomes of 100 KB that are written together behind so many bytes that nobody has read. */
async function writeBehind(bufferedBytes: number): Promise<{ frames: number; codes: readonly number[] }> {
  const clock = virtualClock();
  const secrets = { id: () => "s", token: () => "t", hash: (token: string) => token };
  const { server, accept } = createAnyServer(
    contract,
    { log: "off" },
    {},
    { clock, secrets, nextRound: queueMicrotask },
  );
  let frames = 0;
  const codes: number[] = [];
  const socket = { bufferedBytes: 0, drainedBytes: 0, readBytes: 0, terminate() {} };
  const link = Object.assign(socket, {
    sendAll: (texts: readonly string[]) => void (frames += texts.length),
    close: (code: number) => void codes.push(code),
  });
  accept(link, undefined).message(
    '["hello",{"version":1,"attempt":1,"window":1000000,"maxMessageBytes":1000000}]',
  );
  await clock.advanceAsync(10);
  frames = 0;
  socket.bufferedBytes = bufferedBytes;
  const [session] = (server as unknown as Server<typeof contract>).sessions;
  for (let n = 0; n < 10; n++) session?.emit("news", "x".repeat(10_000)).catch(() => {});
  await clock.advanceAsync(10);
  return { frames, codes };
}

it("what is written together counts for what may pile up before any of it is written", async () => {
  const mostBytes = 2 * 1_048_576;
  expect(await writeBehind(mostBytes - 110_000)).toEqual({ frames: 2, codes: [] });
  expect(await writeBehind(mostBytes - 90_000)).toEqual({ frames: 0, codes: [4301] });
});
