import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFeed } from "../../src/common/feed.ts";
import { virtualClock } from "../../../testing/src/index.ts";

const clock = virtualClock();

describe("a feed", () => {
  it("gives every item once and in order, and counts what is unread, however writing and reading alternate", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom("push", "read"), { maxLength: 60 }), async (acts) => {
        const feed = createFeed<number>(() => {});
        const read: Promise<IteratorResult<number>>[] = [];
        let pushed = 0;
        for (const act of acts) {
          if (act === "read") {
            read.push(feed.iterator.next());
          } else expect(feed.push(pushed++)).toBe(Math.max(1, pushed - read.length));
          await clock.settle();
        }
        feed.end();
        for (;;) {
          const next = feed.iterator.next();
          read.push(next);
          if ((await next).done) break;
        }
        const values = (await Promise.all(read)).flatMap(({ value, done }) => (done ? [] : [value]));
        expect(values).toEqual(Array.from({ length: pushed }, (_, n) => n));
      }),
    );
  });

  it("counts an item as read when it is read, not when it is moved", async () => {
    const feed = createFeed<number>(() => {});
    for (const item of [1, 2, 3]) feed.push(item);
    await feed.iterator.next();
    expect(feed.push(4)).toBe(3);
    await feed.iterator.next();
    await feed.iterator.next();
    await feed.iterator.next();
    expect(feed.push(5)).toBe(1);
  });

  it.each([null, 0, "", false])("ends with whatever it is ended with, %j as well", async (reason) => {
    const feed = createFeed<number>(() => {});
    const waiting = feed.iterator.next();
    feed.end(reason);
    await expect(waiting).rejects.toBe(reason);
  });

  it("still gives a reader that waited what came before the end", async () => {
    const feed = createFeed<number>(() => {});
    const waiting = feed.iterator.next();
    await clock.settle();
    feed.push(1);
    void feed.iterator.return?.();
    expect(await waiting).toEqual({ value: 1, done: false });
    expect(await feed.iterator.next()).toEqual({ value: undefined, done: true });
  });
});
