import { HoldfastError } from "@holdfast/core";
import { describe, expect, it } from "vitest";
import { createWorld, onlySession } from "./world.ts";

const outboxBytes = 20_000;
const stallMs = 10_000;
const stepMs = 100;

describe("a reader that stalls for ten seconds, with a sender at full speed", () => {
  it("holds the sender back at the bound of its outbox, is handed no more than it bears, and gets everything once", async () => {
    let isStalled = true;
    let release = (): void => {};
    const stalled = new Promise<void>((resolve) => (release = resolve));
    const begun: number[] = [];
    const { client, clock, pass } = createWorld({
      client: { outbox: { maxBytes: outboxBytes } },
      server: { limits: { handlersInFlight: 4, windowBytes: 4_096 } },
      handlers: {
        say(n) {
          begun.push(n);
          return isStalled ? stalled : undefined;
        },
      },
    });
    await pass();
    const said: number[] = [];
    let refused = 0;
    const atMost = { bufferedBytes: 0, begun: 0 };
    for (let ms = 0; ms < stallMs; ms += stepMs) {
      // As fast as it is taken: what is refused is said again when there is room.
      for (let isTaken = true; isTaken;) {
        const before = client.bufferedBytes;
        client.emit("say", said.length).catch((error: unknown) => {
          if (HoldfastError.is(error, "OUTBOX_FULL")) refused++;
        });
        isTaken = client.bufferedBytes > before;
        if (isTaken) said.push(said.length);
      }
      await clock.advanceAsync(stepMs);
      atMost.bufferedBytes = Math.max(atMost.bufferedBytes, client.bufferedBytes);
      atMost.begun = Math.max(atMost.begun, begun.length);
    }
    expect(atMost.begun).toBe(4);
    expect(atMost.bufferedBytes).toBeLessThanOrEqual(outboxBytes);
    expect(refused).toBeGreaterThanOrEqual(stallMs / stepMs - 1);

    isStalled = false;
    release();
    await pass(stallMs);
    expect(client.bufferedBytes).toBe(0);
    expect(begun).toEqual(said);
  });

  it("has the producer of a stream that waits for room go on with the ack that makes some", async () => {
    const { server, pass } = createWorld({
      client: {
        outbox: { maxBytes: 100 },
        handlers: {
          *log() {
            for (let n = 0; n < 50; n++) yield `line ${n}`;
          },
        },
      },
    });
    await pass();
    const lines: string[] = [];
    void (async () => {
      for await (const line of onlySession(server.sessions).stream("log", undefined, { credit: 1_000 })) {
        lines.push(line);
      }
    })();
    await pass(stallMs);
    expect(lines.length).toBe(50);
  });

  it("has the producer of a stream asked for no more than its credit", async () => {
    let produced = 0;
    const { client, pass } = createWorld({
      handlers: {
        *ticks() {
          for (;;) yield produced++;
        },
      },
    });
    const reader = client.stream("ticks", undefined, { credit: 32 });
    const first = reader.next();
    await pass(stallMs);
    expect((await first).value).toBe(0);
    expect(produced).toBeLessThanOrEqual(33);
    await reader.return?.();
  });
});
