import { expect, test } from "vitest";
import { asMarkdown, resultLines } from "../src/page/compare/result.ts";
import { Delays } from "../src/page/compare/measure.ts";
import { addressee } from "../src/page/inbox/addressee.ts";
import { Away } from "../src/page/inbox/away.ts";
import { type Change, Inbox } from "../src/page/inbox/inbox.ts";
import type { Notification } from "../src/shared/notification.ts";

const notification = (id: number, revision: number, read: boolean): Notification => ({
  id,
  revision,
  read,
  from: "Ada",
  subject: "Lunch?",
  preview: "",
  kind: "note",
  at: new Date(),
});

test("an inbox knows each notification once, as it was told last", () => {
  const inbox = new Inbox();
  const changes: Change[] = [];
  inbox.onChange((change) => changes.push(change));
  inbox.put(notification(1, 1, false));
  inbox.put(notification(2, 2, false));
  inbox.put(notification(1, 3, true));
  inbox.put(notification(1, 1, false));
  expect(changes.map(({ notification: { id, read }, isNew }) => [id, read, isNew])).toEqual([
    [1, false, true],
    [2, false, true],
    [1, true, false],
  ]);
  expect([inbox.size, inbox.oldest, inbox.revision]).toEqual([2, 1, 3]);
});

test("an inbox knows no more than a thousand, and forgets the oldest", () => {
  const inbox = new Inbox();
  const forgotten: number[] = [];
  inbox.onForget((id) => forgotten.push(id));
  for (let id = 1; id <= 1_003; id++) inbox.put(notification(id, id, false));
  expect([inbox.size, inbox.oldest, forgotten]).toEqual([1_000, 4, [1, 2, 3]]);
});

test("a name in another case is that of whoever is here, unless somebody is called exactly so", () => {
  expect(addressee("bob", ["Ada", "Bob"])).toEqual({ name: "Bob", isHere: true });
  expect(addressee("bob", ["Ada", "Bob", "bob"])).toEqual({ name: "bob", isHere: true });
  expect(addressee("boB", ["Ada"])).toEqual({ name: "boB", isHere: false });
});

test("what came while nobody could be told is counted, what came before or after is not", () => {
  const away = new Away();
  away.arrive(900);
  away.leave(1_000);
  away.leave(2_000);
  away.return(61_000);
  for (const publishedAtMs of [999, 1_000, 30_000, 61_000, 61_001]) away.arrive(publishedAtMs);
  expect(away.missed).toBe(3);
  away.seen();
  expect(away.missed).toBe(0);
});

test("what arrives on a hidden page counts, and is said when it is looked at", () => {
  const away = new Away();
  away.leave(1_000);
  away.arrive(2_000);
  away.arrive(3_000);
  expect(away.missed).toBe(0);
  away.return(60_000);
  expect(away.missed).toBe(2);
});

test("a glance at another tab is no absence, whatever arrives meanwhile", () => {
  const away = new Away();
  away.leave(1_000);
  away.arrive(1_200);
  away.return(1_500);
  expect(away.missed).toBe(0);
});

test("a hiccup is no absence", () => {
  const away = new Away();
  away.leave(1_000);
  away.return(2_500);
  away.arrive(1_500);
  expect(away.missed).toBe(0);
});

test("median and worst of the delays, and none of none", () => {
  const delays = new Delays();
  expect([delays.medianMs, delays.worstMs]).toEqual([undefined, undefined]);
  for (const delayMs of [5, 1, 900, -3]) delays.add(delayMs);
  expect([delays.count, delays.medianMs, delays.worstMs]).toEqual([4, 3, 900]);
});

test("the table can be pasted where Markdown is understood", () => {
  const none = { use: { requests: 0, bytesIn: 0, bytesOut: 0, empty: 0 }, delays: new Delays() };
  const polling = { use: { requests: 12, bytesIn: 8_123, bytesOut: 4_000, empty: 9 }, delays: new Delays() };
  polling.delays.add(2_500);
  const lines = asMarkdown(resultLines(polling, none)).split("\n");
  expect(lines.slice(0, 3)).toEqual([
    "|  | polling | socket |",
    "| --- | ---: | ---: |",
    "| requests | 12 | 0 |",
  ]);
  expect(lines).toContain("| bytes to the server | 8,123 | 0 |");
  expect(lines.at(-1)).toBe("| delay, worst | 2,500 ms | - |");
});
