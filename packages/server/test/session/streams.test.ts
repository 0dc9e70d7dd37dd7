import { describe, expect, it } from "vitest";
import { createWorld, fate, onlySession } from "./world.ts";

/** Reads until told to stop, noting what came. */
function read<T>(
  iterable: AsyncIterable<T>,
  most = Infinity,
): { readonly items: T[]; readonly end: { now: unknown } } {
  const items: T[] = [];
  const reading = (async () => {
    for await (const item of iterable) if (items.push(item) >= most) break;
  })();
  return { items, end: fate(reading) };
}

describe("a stream", () => {
  it("brings its items in order, and ends", async () => {
    const { client, pass } = createWorld();
    const { items, end } = read(client.stream("count", 100));
    await pass(1_000);
    expect(items).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(end.now).toBe("done");
  });

  it("that is given up before it was read is through: its slot is free, and its handler is left", async () => {
    let left = 0;
    const { client, pass } = createWorld({
      server: { limits: { streams: 1 } },
      handlers: {
        *ticks() {
          try {
            for (let n = 1; ; n++) yield n;
          } finally {
            left++;
          }
        },
      },
    });
    for (let n = 1; n <= 3; n++) {
      const stream = client.stream("ticks", undefined, { credit: 2 });
      const first = fate(stream.next());
      await pass();
      expect(first.now).toEqual({ done: false, value: 1 });
      await stream.return?.();
      await pass();
      expect(left).toBe(n);
    }
  });

  it("that brings what is too large ends with that, and its handler is left", async () => {
    let left = 0;
    const { client, server, pass } = createWorld({
      client: {
        handlers: {
          *log() {
            try {
              for (;;) yield "x".repeat(2_000_000);
            } finally {
              left++;
            }
          },
        },
      },
    });
    await pass();
    const { end } = read(onlySession(server.sessions).stream("log"));
    await pass();
    expect(end.now).toMatchObject({ code: "REMOTE", remote: { code: "TOO_LARGE" } });
    expect([left, client.state.name]).toEqual([1, "OPEN"]);
  });

  it("that waits for news is left when nobody wants them any more", async () => {
    let left = 0;
    const { client, pass } = createWorld({
      handlers: {
        ticks: () => ({
          [Symbol.asyncIterator]: () => ({
            next: () => new Promise<never>(() => {}),
            return: async () => ({ done: true as const, value: void left++ }),
          }),
        }),
      },
    });
    const stream = client.stream("ticks");
    void stream.next();
    await pass();
    expect(left).toBe(0);
    await stream.return?.();
    await pass();
    expect(left).toBe(1);
  });

  it("is asked for with the first next(), and not before", async () => {
    let asked = 0;
    const { client, pass } = createWorld({
      handlers: {
        *count() {
          asked++;
          yield 1;
        },
      },
    });
    const stream = client.stream("count", 1);
    await pass();
    expect(asked).toBe(0);
    void stream.next();
    await pass();
    expect(asked).toBe(1);
  });

  it("is no faster than its reader: what nobody reads is not made", async () => {
    let made = 0;
    const { client, pass } = createWorld({
      handlers: {
        *ticks() {
          for (;;) yield ++made;
        },
      },
    });
    const stream = client.stream("ticks", undefined, { credit: 4 });
    await stream.next().then.call(Promise.resolve(), () => {});
    await pass(1_000);
    expect(made).toBeLessThanOrEqual(5);
    const before = made;
    for (let i = 0; i < 10; i++) {
      void stream.next();
      await pass(20);
    }
    expect(made).toBeGreaterThan(before + 4);
    expect(made).toBeLessThanOrEqual(11 + 5);
  });

  it("that is left early tells its handler, which may clean up", async () => {
    let isOver = false;
    const { client, pass } = createWorld({
      handlers: {
        async *ticks(_, { signal }) {
          try {
            for (let n = 1; !signal.aborted; n++) yield n;
          } finally {
            isOver = true;
          }
        },
      },
    });
    const { items, end } = read(client.stream("ticks"), 3);
    await pass(1_000);
    expect([items, end.now, isOver]).toEqual([[1, 2, 3], "done", true]);
  });

  it("whose handler waits for news is let go when its reader leaves", async () => {
    const signals: AbortSignal[] = [];
    const { client, pass } = createWorld({
      handlers: {
        async *ticks(_, { signal }) {
          signals.push(signal);
          yield 1;
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
        },
      },
      server: { limits: { streams: 1 } },
    });
    const controller = new AbortController();
    const { end } = read(client.stream("ticks", undefined, { signal: controller.signal }));
    await pass();
    controller.abort(new Error("enough"));
    await pass();
    expect(signals[0]?.aborted).toBe(true);
    expect(end.now).toEqual(new Error("enough"));
    // Its slot is free again.
    const again = read(client.stream("ticks"));
    await pass();
    expect(again.items).toEqual([1]);
  });

  it("whose handler throws ends with an error, after what came before", async () => {
    const { client, pass } = createWorld({
      handlers: {
        *count() {
          yield 1;
          throw new Error("oops");
        },
      },
    });
    const { items, end } = read(client.stream("count", 5));
    await pass();
    expect(items).toEqual([1]);
    expect(end.now).toMatchObject({ code: "REMOTE", remote: { code: "INTERNAL" } });
  });

  it("outlives its links without a word", async () => {
    const { client, network, pass } = createWorld();
    let reopened = 0;
    const { items, end } = read(client.stream("count", 200, { onReopen: () => reopened++ }));
    for (let i = 0; i < 5; i++) {
      await pass(20);
      network.cut();
      await pass(150);
    }
    await pass(1_000);
    expect(items).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    expect([end.now, reopened]).toEqual(["done", 0]);
  });

  it("ends with its session when that is ended on purpose", async () => {
    const { client, server, pass } = createWorld();
    const items: number[] = [];
    const reading = fate(
      (async () => {
        for await (const item of client.stream("count", 300)) {
          if (items.push(item) === 100) onlySession(server.sessions).close(4099, "gone");
        }
      })(),
    );
    await pass(1_000);
    expect(reading.now).toMatchObject({ code: "CLOSED" });
    expect(items.length).toBeGreaterThanOrEqual(100);
  });

  it("centrifugal/centrifugo#165: is told when history does not reach back to its cursor", async () => {
    let gaps = 0;
    const { client, pass } = createWorld({
      handlers: {
        *count(_, { gap }) {
          gap();
          yield 7;
        },
      },
    });
    const { items } = read(client.stream("count", 9, { onGap: () => gaps++ }));
    await pass();
    expect([gaps, items]).toEqual([1, [7]]);
  });

  it("of the client's can be read by the server", async () => {
    const { server, pass } = createWorld({
      client: {
        handlers: {
          *log() {
            yield "a";
            yield "b";
          },
        },
      },
    });
    await pass();
    const { items, end } = read(onlySession(server.sessions).stream("log"));
    await pass();
    expect([items, end.now]).toEqual([["a", "b"], "done"]);
  });

  it("lets go of a source of one's own once, as a loop does", async () => {
    let returns = 0;
    const source = {
      [Symbol.asyncIterator]: () => source,
      next: () => Promise.resolve({ done: false as const, value: 1 }),
      return: () => Promise.resolve({ done: true as const, value: ++returns }),
    };
    const { client, pass } = createWorld({ handlers: { ticks: () => source } });
    const { items } = read(client.stream("ticks", undefined, { credit: 1 }), 1);
    await pass();
    expect([items, returns]).toEqual([[1], 1]);
  });
});
