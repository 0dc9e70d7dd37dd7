import { expect, test } from "vitest";
import { feed } from "../src/server/feed.ts";
import { Store } from "../src/server/store.ts";

const never = new AbortController().signal;
const noGap = (): void => expect.unreachable();

function publish(store: Store, subject: string): void {
  const letter = { publisher: "person:Ada", key: subject, to: undefined, from: "Ada", preview: "" };
  store.publish({ ...letter, subject, kind: "note" });
}

test("somebody new gets the latest, and then what is new", async () => {
  using store = new Store(":memory:");
  publish(store, "one");
  const reading = feed(store, { name: "Ada", after: undefined, gap: noGap, signal: never });
  expect(await reading.next()).toMatchObject({ value: { subject: "one" } });
  const next = reading.next();
  publish(store, "two");
  expect(await next).toMatchObject({ value: { subject: "two" } });
});

test("who was away reads on where they stopped, however much that is", async () => {
  using store = new Store(":memory:");
  publish(store, "before");
  const after = store.revision;
  const subjects = Array.from({ length: 120 }, (_, n) => `number ${n}`);
  for (const subject of subjects) publish(store, subject);
  const reading = feed(store, { name: "Ada", after, gap: noGap, signal: never });
  const read: string[] = [];
  while (read.length < subjects.length) read.push((await reading.next()).value?.subject ?? "");
  expect(read).toEqual(subjects);
});

test("many that were read at once are each told, also to who stopped in the middle of them", async () => {
  using store = new Store(":memory:");
  for (let n = 0; n < 60; n++) publish(store, `number ${n}`);
  const before = store.revision;
  store.markRead(
    "Ada",
    store.latest("Ada", 100).map(({ id }) => id),
  );
  const first = feed(store, { name: "Ada", after: before, gap: noGap, signal: never });
  let last = before;
  for (let n = 0; n < 7; n++) last = (await first.next()).value?.revision ?? 0;
  const second = feed(store, { name: "Ada", after: last, gap: noGap, signal: never });
  for (let n = 7; n < 60; n++)
    expect((await second.next()).value).toMatchObject({ subject: `number ${n}`, read: true });
});

test("who knows more than the store is told that this is another one", async () => {
  using store = new Store(":memory:");
  publish(store, "one");
  let gaps = 0;
  const reading = feed(store, { name: "Ada", after: 4711, gap: () => gaps++, signal: never });
  expect(await reading.next()).toMatchObject({ value: { subject: "one" } });
  expect(gaps).toBe(1);
});

test("who leaves while there is nothing new is let go", async () => {
  using store = new Store(":memory:");
  const controller = new AbortController();
  const reading = feed(store, { name: "Ada", after: 0, gap: noGap, signal: controller.signal });
  const next = reading.next();
  controller.abort();
  expect(await next).toEqual({ done: true, value: undefined });
});
