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
function open(authenticate?: () => Promise<{ readonly identity: { readonly id: string } } | undefined>) {
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

it("who has said nothing is given its time, and not a moment more", async () => {
  const { clock, codes } = open();
  await clock.advanceAsync(9_990);
  expect(codes).toEqual([]);
  await clock.advanceAsync(30);
  expect(codes).toEqual([4210]);
});

describe("who has said hello, and it takes long to know who that is,", () => {
  const forever = (): Promise<undefined> => new Promise(() => {});

  it("is waited for as long as it lives", async () => {
    const { clock, end, frames, codes } = open(forever);
    end.message(hello);
    for (let asked = 0; clock.now() < 60_000;) {
      await clock.advanceAsync(500);
      for (; asked < frames.length; asked++) end.message("pong");
    }
    expect([codes, new Set(frames)]).toEqual([[], new Set(["ping"])]);
  });

  it("is let go by a drain as soon as anybody: its pongs were counted", async () => {
    let known = (): void => {};
    const { clock, server, end, frames } = open(
      () => new Promise((resolve) => (known = () => resolve({ identity: { id: "ada" } }))),
    );
    let answered = 0;
    const live = async (ms: number): Promise<void> => {
      for (const until = clock.now() + ms; clock.now() < until;) {
        await clock.advanceAsync(100);
        for (; answered < frames.length; answered++) if (frames[answered] === "ping") end.message("pong");
      }
    };
    end.message(hello);
    await live(30_000);
    known();
    await live(1_000);
    void server.drain({ withinMs: 20_000 });
    while (!frames.includes('["ack",0,0]')) await live(100);
    await live(300);
    expect(frames.at(-1)).toMatch(/^\["drain"/);
  });

  it("is let go when it shows no sign of life", async () => {
    const { clock, end, codes } = open(forever);
    end.message(hello);
    await clock.advanceAsync(20_000);
    expect(codes).toEqual([4201]);
  });

  it("does not say it again", () => {
    const { end, codes } = open(forever);
    end.message(hello);
    end.message(hello);
    expect(codes).toEqual([4000]);
  });
});
