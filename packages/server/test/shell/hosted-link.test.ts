import { defineContract, event } from "@holdfast/core";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { virtualClock } from "../../../testing/src/index.ts";
import { createAnyServer } from "../../src/host.ts";
import type { Server } from "../../src/options.ts";

const contract = defineContract({
  fromClient: { say: event(z.number()) },
  fromServer: { news: event(z.string()) },
});
const hello = '["hello",{"version":1,"attempt":1,"window":1000000,"maxMessageBytes":1000000}]';

/** One socket of a server, with what is written to it, and what the server tells of it. */
function open(authenticate?: () => Promise<undefined>) {
  const clock = virtualClock();
  const secrets = { id: () => "s", token: () => "t", hash: (token: string) => token };
  const { server, accept } = createAnyServer(
    contract,
    {
      log: "off",
      heartbeat: { intervalMs: 1_000, timeoutMs: 1_000 },
      ...(authenticate && { authenticate }),
    },
    { say: () => {} },
    { clock, secrets, nextRound: queueMicrotask },
  );
  const frames: string[] = [];
  const codes: number[] = [];
  const refused: unknown[] = [];
  server.on("refused", ({ code }) => refused.push(code));
  const socket = { bufferedBytes: 0, drainedBytes: 0, readBytes: 0, terminate() {} };
  const link = Object.assign(socket, {
    sendAll: (texts: readonly string[]) => void frames.push(...texts),
    close: (code: number) => void codes.push(code),
  });
  const end = accept(link, undefined);
  return { clock, server: server as unknown as Server<typeof contract>, socket, end, frames, codes, refused };
}

/** What becomes of 100 KB that are written together behind so many bytes that nobody has read. */
async function writeBehind(bufferedBytes: number): Promise<{ frames: number; codes: readonly number[] }> {
  const { clock, server, socket, end, frames, codes } = open();
  end.message(hello);
  await clock.advanceAsync(10);
  frames.length = 0;
  socket.bufferedBytes = bufferedBytes;
  const [session] = server.sessions;
  for (let n = 0; n < 10; n++) session?.emit("news", "x".repeat(10_000)).catch(() => {});
  await clock.advanceAsync(10);
  return { frames: frames.length, codes };
}

it("what is written together counts for what may pile up before any of it is written", async () => {
  const mostBytes = 2 * 1_048_576;
  expect(await writeBehind(mostBytes - 110_000)).toEqual({ frames: 2, codes: [] });
  expect(await writeBehind(mostBytes - 90_000)).toEqual({ frames: 0, codes: [4301] });
});

describe("a link that was hung up", () => {
  it("before it was welcomed was refused, and the server is told", async () => {
    const { clock, end, codes, refused } = open();
    end.message("nonsense");
    await clock.advanceAsync(10);
    expect([codes, refused]).toEqual([[4000], [4000]]);
  });

  it("after it was welcomed was not refused", async () => {
    const { clock, end, codes, refused } = open();
    end.message(hello);
    await clock.advanceAsync(10);
    end.message("nonsense");
    await clock.advanceAsync(10);
    expect([codes, refused]).toEqual([[4000], []]);
  });

  it("or ended by itself is not refused once more when it is known who that was", async () => {
    const { clock, end, codes, refused } = open(async () => undefined);
    const { signal } = end;
    end.message(hello);
    expect([end.signal === signal, signal.aborted]).toEqual([true, false]);
    end.closed({ code: 1006, reason: "", wasClean: false });
    await clock.advanceAsync(10);
    expect([codes, refused, signal.aborted]).toEqual([[], [], true]);
  });

  it("is heard no more, whatever was on its way: nobody comes in by it", async () => {
    const { clock, server, end, frames, codes } = open();
    end.message("nonsense");
    for (const late of [hello, "ping", "nonsense"]) end.message(late);
    await clock.advanceAsync(60_000);
    expect([[...server.sessions], frames, codes]).toEqual([[], [], [4000]]);
  });
});

it("who says something all the time, and is answered, is asked for no sign of life", async () => {
  const { clock, end, frames, codes } = open();
  end.message(hello);
  await clock.advanceAsync(10);
  for (let n = 1; n <= 20; n++) {
    end.message(`["data",${n},[["event","say",${n}]]]`);
    await clock.advanceAsync(400);
  }
  expect([frames.length, frames.includes("ping"), codes]).toEqual([21, false, []]);
});
