import { type ChildProcess, spawn } from "node:child_process";
import { appendFile, mkdir, rename, stat, utimes, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { expect, test } from "vitest";
import { lookEveryMs, settleMs } from "../src/mailbox/mail-folder.ts";
import { HandScheduler } from "./hand-scheduler.ts";
import { letter, MailRoom } from "./mail-room.ts";
import { Letters, PostOffice } from "./post-office.ts";

/** The machine may be busy. */
const patiently = { interval: 20 };

const isUntold = process.platform !== "linux";
if (isUntold) console.warn("skipped: only Linux tells who has a file open for writing");

test("a file that is written in two halves is published once and whole", async () => {
  const letters = new Letters();
  const scheduler = new HandScheduler();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  room.watch(office.url, { scheduler });
  await room.printed(/^watches /);
  const whole = letter("halves", "the first half, the second half");
  await writeFile(room.path("halves.eml"), whole.slice(0, -20));
  await expect.poll(() => scheduler.isArmed(lookEveryMs), patiently).toBe(true);
  scheduler.advance(lookEveryMs);
  await expect.poll(() => scheduler.isArmed(lookEveryMs), patiently).toBe(true);
  await appendFile(room.path("halves.eml"), whole.slice(-20));
  await arrive(letters, 1, scheduler);
  expect(letters.drafts[0]?.preview).toBe("the first half, the second half");
  scheduler.advance(10 * settleMs);
  await writeFile(room.path("next.eml"), letter("next"));
  await arrive(letters, 2, scheduler);
  expect(letters.subjects).toEqual(["halves", "next"]);
});

test("a file is not taken for whole by a single look after a stall (chokidar's awaitWriteFinish)", async () => {
  const letters = new Letters();
  const scheduler = new HandScheduler(Date.now() - 60_000);
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  room.watch(office.url, { scheduler });
  await room.printed(/^watches /);
  const whole = letter("halves", "the first half, the second half");
  await mkdir(room.path("elsewhere"));
  await writeFile(room.path("elsewhere/halves.eml"), whole.slice(0, -20));
  // The watcher is not to see it while it is empty: it would look once more.
  await rename(room.path("elsewhere/halves.eml"), room.path("halves.eml"));
  await expect.poll(() => scheduler.isArmed(lookEveryMs), patiently).toBe(true);
  const { mtimeMs } = await stat(room.path("halves.eml"));
  scheduler.advance(mtimeMs + 100 - scheduler.now());
  await expect.poll(() => scheduler.isArmed(settleMs), patiently).toBe(true);
  await appendFile(room.path("halves.eml"), whole.slice(-20));
  await arrive(letters, 1, scheduler);
  expect(letters.drafts.map(({ preview }) => preview)).toEqual(["the first half, the second half"]);
});

test("a file that is still being written when the mailbox starts is published once and whole", async () => {
  const letters = new Letters();
  const scheduler = new HandScheduler();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  const whole = letter("halves", "the first half, the second half");
  await writeFile(room.path("halves.eml"), whole.slice(0, -20));
  // Its last change is now, whatever the file system's clock says.
  await utimes(room.path("halves.eml"), new Date(scheduler.now()), new Date(scheduler.now()));
  room.watch(office.url, { scheduler });
  await room.printed(/^watches /);
  await expect.poll(() => scheduler.isArmed(settleMs), patiently).toBe(true);
  await appendFile(room.path("halves.eml"), whole.slice(-20));
  await arrive(letters, 1, scheduler);
  expect(letters.drafts.map(({ preview }) => preview)).toEqual(["the first half, the second half"]);
});

test.skipIf(isUntold)(
  "a file that somebody has open is not read, however long he thinks before he goes on",
  async () => {
    const letters = new Letters();
    const scheduler = new HandScheduler();
    await using office = await PostOffice.open(letters);
    await using room = await MailRoom.open();
    room.watch(office.url, { scheduler });
    await room.printed(/^watches /);
    const writer = spawn("tee", [room.path("slow.eml")], { stdio: ["pipe", "ignore", "inherit"] });
    const waits = (): number => room.lines.filter((line) => line.startsWith("waits for slow.eml")).length;
    writer.stdin.write(letter("slow", "the first half"));
    await settle(scheduler, () => waits() > 0);
    // A mail that comes later does not wait for it, and it is looked at as often as that.
    await writeFile(room.path("quick.eml"), letter("quick"));
    await arrive(letters, 1, scheduler);
    writer.stdin.end(", the second half");
    await ended(writer);
    await arrive(letters, 2, scheduler);
    expect(letters.drafts.map(({ subject, preview }) => [subject, preview])).toEqual([
      ["quick", "Dear reader,"],
      ["slow", "the first half, the second half"],
    ]);
    expect([letters.published.length, waits()]).toEqual([2, 1]);
  },
);

test("a mail that becomes one later is published then", async () => {
  const letters = new Letters();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  await room.put("later.eml", "");
  room.watch(office.url);
  await room.printed(/^watches /);
  await room.printed(/^skipped later\.eml: it is empty$/);
  await writeFile(room.path("later.eml"), letter("later"));
  await room.printed(/: later$/);
});

const nameless = (body: string): string =>
  `From: Ada Rivers <ada@rivermill.example>\r\nSubject: nameless\r\n\r\n${body}`;

test("when the rest of a mail without an id comes late, it is the same notification, which says what it says now", async () => {
  const letters = new Letters();
  const scheduler = new HandScheduler();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  room.watch(office.url, { scheduler });
  await room.printed(/^watches /);
  const says = (): string | undefined => letters.published.at(-1)?.preview;
  await writeFile(room.path("late.eml"), nameless("the first half"));
  await settle(scheduler, () => says() === "the first half");
  await appendFile(room.path("late.eml"), ", the second half");
  await settle(scheduler, () => says() === "the first half, the second half");
  expect(letters.subjects).toEqual(["nameless"]);

  // Nor is it another one when the rest comes while nobody looks.
  await room.leave();
  await room.put("late.eml", nameless("the first half, the second half, the end"));
  room.watch(office.url);
  await letters.until(() => says() === "the first half, the second half, the end");
  expect(letters.subjects).toEqual(["nameless"]);
  expect(room.lines.filter((line) => line.startsWith("mail from"))).toHaveLength(1);
});

test("two files are two mails, even when they are equal and have no id", async () => {
  const letters = new Letters();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  for (const name of ["new", "cur", "tmp"]) await mkdir(room.path(name));
  for (const name of ["one.eml", "two.eml", "new/one.eml"]) await room.put(name, nameless("the same"));
  room.watch(office.url);
  await letters.arrived(3);
  expect(letters.subjects).toEqual(["nameless", "nameless", "nameless"]);
});

const parts = (id: string): readonly string[] => [
  `${id}From: Ada Rivers <ada@rivermill.example>\r\nSubject: in p`,
  'arts\r\nContent-Type: multipart/mixed; boundary="b"\r\n',
  "\r\n--b\r\n\r\nthe first ",
  "part\r\n--b\r\n\r\nthe second part\r\n--b-",
  "-\r\n",
];

test.each([
  ["with an id", "Message-ID: <parts@rivermill.example>\r\n"],
  ["without one", ""],
])("a mail %s is published when its head and its last part have ended, and not before", async (_, id) => {
  const letters = new Letters();
  const scheduler = new HandScheduler();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  room.watch(office.url, { scheduler });
  await room.printed(/^watches /);
  const skipped = (): readonly string[] => room.lines.filter((line) => line.startsWith("skipped"));
  const pieces = parts(id);
  const problems: (string | undefined)[] = [];
  for (const piece of pieces.slice(0, -1)) {
    const before = skipped().length;
    await appendFile(room.path("parts.eml"), piece);
    await settle(scheduler, () => skipped().length > before);
    problems.push(skipped().at(-1));
  }
  expect(letters.published).toEqual([]);
  await appendFile(room.path("parts.eml"), pieces.at(-1) ?? "");
  await arrive(letters, 1, scheduler);
  expect(problems).toEqual([
    "skipped parts.eml: its head does not end",
    "skipped parts.eml: its head does not end",
    "skipped parts.eml: its last part does not end",
    "skipped parts.eml: its last part does not end",
  ]);
  expect(letters.published[0]).toMatchObject({ from: "Ada Rivers", subject: "in parts" });
  expect(letters.published[0]?.preview).toBe("the first part the second part");
});

/** Waits until something has happened, while the watcher's time passes. */
async function settle(scheduler: HandScheduler, happened: () => boolean): Promise<void> {
  const look = (): boolean => {
    scheduler.advance(lookEveryMs);
    return happened();
  };
  await expect.poll(look, patiently).toBe(true);
}

/** Waits until so many are there, while the watcher's time passes. */
async function arrive(letters: Letters, count: number, scheduler: HandScheduler): Promise<void> {
  await settle(scheduler, () => letters.drafts.length === count);
}

/** Waits until a process is gone, and what it had open with it. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null) await once(child, "exit");
}
