import type { Client } from "@holdfast/node";
import { describe, expect, test } from "vitest";
import type { contract } from "../src/shared/contract.ts";
import type { Notification } from "../src/shared/notification.ts";
import { isMissing, launch } from "./chromium.ts";
import { MortalDemo } from "./mortal-demo.ts";
import { Person } from "./person.ts";
import { Visitor } from "./visitor.ts";

/** So many are asked for at a time: when the server is killed, all but one of them are in doubt. */
const atATime = 8;

const subjectsOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `number ${String(n).padStart(3, "0")}`);

/**
 * Publishes all of them, each under a key of its own, and gives what the server called each. `answered` hears how many have been
 * answered so far, before anything else is asked.
 */
async function publishAll(
  client: Client<typeof contract>,
  subjects: readonly string[],
  answered: (count: number) => void,
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  const waiting = subjects.values();
  const publishSome = async (): Promise<void> => {
    for (const subject of waiting) {
      const draft = { key: subject, subject, preview: "" };
      const { id } = await client.call("publish", draft, { timeoutMs: Infinity });
      ids.set(subject, id);
      answered(ids.size);
    }
  };
  await Promise.all(Array.from({ length: atATime }, publishSome));
  return ids;
}

/** Everything that is stored, over HTTP. */
async function stored(person: Person): Promise<readonly Notification[]> {
  const found: Notification[] = [];
  for (;;) {
    const page = await person.notificationsAfter(found.at(-1)?.revision ?? 0);
    if (page.notifications.length === 0) return found;
    found.push(...page.notifications);
  }
}

test.concurrent("a server that is killed again and again has stored all that it answered for, once, and every feed goes on", async () => {
  await using demo = await MortalDemo.start();
  const ada = await Person.signIn(demo.url, "Ada");
  await using writer = ada.enter("writer");
  await using reader = ada.enter("reader");
  const lost: string[] = [];
  writer.session.on("lost", ({ reason }) => lost.push(reason));

  const subjects = subjectsOf(300);
  const feed = reader.stream("feed", { after: 0 });
  const told: Notification[] = [];
  const reading = (async () => {
    while (told.length < subjects.length) told.push((await feed.next()).value);
  })();
  // Twice in a row at the second: once more before everybody has come back.
  const deathsAt = [50, 150, 150, 250];
  let deaths = Promise.resolve();
  const ids = await publishAll(writer, subjects, (count) => {
    for (const at of deathsAt) if (at === count) deaths = deaths.then(() => demo.dieAndRise());
  });
  await Promise.all([deaths, reading]);

  // The cookie that Ada was given in its first life still opens the door.
  const kept = await stored(ada);
  expect(kept.map(({ subject }) => subject).toSorted()).toEqual(subjects);
  expect(new Map(kept.map(({ subject, id }) => [subject, id]))).toEqual(new Map(ids));
  // Each under its own revision, in their order, the same to the feed as in the store.
  expect(told.map(({ revision, subject }) => [revision, subject])).toEqual(
    kept.map(({ revision, subject }) => [revision, subject]),
  );
  // The writer was told each time: it had a session in every life that somebody was answered in, and one in the last.
  expect(lost.length).toBeGreaterThanOrEqual(3);
  // There is nothing behind it, either: the next thing in the feed is the next thing that is published.
  await writer.call("publish", { subject: "the last", preview: "" });
  expect(await feed.next()).toMatchObject({ value: { subject: "the last" } });
});

test.concurrent("a publication that is stored when the server is killed, and not answered, is asked for again and exists once", async ({
  expect,
}) => {
  await using demo = await MortalDemo.start();
  const ada = await Person.signIn(demo.url, "Ada");
  await using client = ada.enter("writer");
  await client.opened();
  // Now there is time between the disk and the answer.
  await ada.cause("latency");
  const draft = { key: "once", subject: "Once", preview: "" };
  const publishing = client.call("publish", draft, { timeoutMs: Infinity });
  await expect.poll(() => stored(ada), { interval: 5 }).toHaveLength(1);
  const [{ id } = { id: 0 }] = await stored(ada);
  await demo.dieAndRise();
  expect((await publishing).id).toBe(id);
  expect(await client.call("publish", draft)).toEqual({ id, known: true });
  expect(await stored(ada)).toHaveLength(1);
});

describe.skipIf(isMissing)("a page whose server is killed", { concurrent: true }, () => {
  test("comes back, asks nobody to sign in, shows everything once, and says what is in doubt", async () => {
    await using demo = await MortalDemo.start();
    const browser = await launch();
    await using owned = new AsyncDisposableStack();
    owned.defer(() => browser.close());
    await using visitor = await Visitor.open(browser, demo.url, "Ada");
    await visitor.sees("Ada (you)");
    const bob = await Person.signIn(demo.url, "Bob");
    await using writer = bob.enter("writer");
    const subjects = subjectsOf(60);
    let deaths = Promise.resolve();
    await publishAll(writer, subjects, (count) => {
      if (count === 20 || count === 40) deaths = deaths.then(() => demo.dieAndRise());
    });
    await deaths;
    await visitor.sees(/^60 unread, 60 in all\.$/);
    expect((await visitor.notices.locator(".subject").allTextContents()).toSorted()).toEqual(subjects);
    expect(await visitor.page.getByRole("dialog").isVisible()).toBe(false);

    await visitor.go("Laboratory");
    await visitor.reads(/came back after/);
    await bob.cause("blackhole");
    await visitor.say("into the dark");
    await visitor.seesState("CONNECTING");
    await demo.dieAndRise();
    await visitor.reads(/Session lost \(unknown\).*1 in doubt, "into the dark".*Session opened/);
    await visitor.reads(/into the dark.*in doubt: it may have arrived, or not/);
    await visitor.say("in the light");
    await visitor.reads(/in the light.*came back after/);
  });
});
