import { join } from "node:path";
import { expect, test } from "vitest";
import { type Letter, Store } from "../src/server/store.ts";
import { Sorry } from "../src/sorry.ts";
import { TemporaryFolder } from "./quiet-demo.ts";

const letter = (change: Partial<Letter> = {}): Letter => ({
  publisher: "person:Ada",
  key: "1",
  to: undefined,
  from: "Ada",
  subject: "Lunch?",
  preview: "At noon.",
  kind: "note",
  ...change,
});

test("a notification for everybody is seen by everybody, one for somebody by nobody else", () => {
  using store = new Store(":memory:");
  store.publish(letter({ key: "1" }));
  store.publish(letter({ key: "2", to: "Bob", subject: "Only for Bob" }));
  expect(store.latest("Bob", 10).map(({ subject }) => subject)).toEqual(["Lunch?", "Only for Bob"]);
  expect(store.latest("Eve", 10).map(({ subject }) => subject)).toEqual(["Lunch?"]);
});

test("the same key of the same publisher is the same notification, and of another one another", () => {
  using store = new Store(":memory:");
  const first = store.publish(letter());
  const { revision } = store;
  expect(store.publish(letter())).toEqual({ id: first.id, known: true });
  expect(store.revision).toBe(revision);
  expect(store.publish(letter({ publisher: "person:Bob" })).known).toBe(false);
  expect(store.latest("Ada", 10)).toHaveLength(2);
});

test("who publishes something else under the same key mends it, for those who have read it too", () => {
  using store = new Store(":memory:");
  const { id } = store.publish(letter({ preview: "Half a" }));
  store.markRead("Ada", [id]);
  const { revision } = store;
  expect(store.publish(letter({ preview: "Half a mail is no mail." }))).toEqual({ id, known: true });
  expect(store.after("Ada", revision, 10)).toMatchObject([
    { id, preview: "Half a mail is no mail.", read: true },
  ]);
});

test("what is read is read for its reader only, and is a change that a feed goes on from", () => {
  using store = new Store(":memory:");
  const ids = ["1", "2", "3"].map((key) => store.publish(letter({ key })).id);
  const before = store.revision;
  store.markRead("Ada", [ids[0] ?? 0, ids[2] ?? 0]);
  const changes = store.after("Ada", before, 10);
  expect(changes.map(({ id, read }) => [id, read])).toEqual([
    [ids[0], true],
    [ids[2], true],
  ]);
  expect(new Set(changes.map(({ revision }) => revision)).size).toBe(2);
  expect(store.after("Bob", before, 10)).toEqual([]);
});

test("reading what is not there, is somebody else's, or was read before changes nothing", () => {
  using store = new Store(":memory:");
  const { id } = store.publish(letter({ to: "Bob" }));
  store.markRead("Bob", [id]);
  const before = store.revision;
  store.markRead("Bob", [id, 999]);
  store.markRead("Eve", [id]);
  expect(store.revision).toBe(before);
});

test("the latest are the newest ones, the oldest change first", () => {
  using store = new Store(":memory:");
  const ids = Array.from({ length: 5 }, (_, n) => store.publish(letter({ key: String(n) })).id);
  store.markRead("Ada", [ids[3] ?? 0]);
  expect(store.latest("Ada", 2).map(({ id }) => id)).toEqual([ids[4], ids[3]]);
});

test("everything is there when it is opened again: notifications, what was read, sign-ins, the secret", () => {
  using folder = new TemporaryFolder();
  const file = join(folder.path, "store.sqlite");
  const first = new Store(file);
  const { id } = first.publish(letter());
  first.markRead("Ada", [id]);
  first.addLogin("a login", "Ada");
  const secret = first.secret(() => "once");
  const { revision } = first;
  first[Symbol.dispose]();
  using second = new Store(file);
  expect(second.latest("Ada", 10)).toMatchObject([{ id, read: true, from: "Ada", kind: "note" }]);
  expect([second.login("a login"), second.secret(() => "twice"), second.revision]).toEqual([
    "Ada",
    secret,
    revision,
  ]);
});

test("two demos cannot share a store, and the second is told", () => {
  using folder = new TemporaryFolder();
  const file = join(folder.path, "store.sqlite");
  using first = new Store(file);
  first.publish(letter());
  expect(() => new Store(file)).toThrow(Sorry);
});
