import { open, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { lookEveryMs, settleMs } from "../src/mailbox/mail-folder.ts";
import { HandScheduler } from "./hand-scheduler.ts";
import { letter, MailRoom } from "./mail-room.ts";
import { Letters, PostOffice } from "./post-office.ts";

/** The machine may be busy. */
const patiently = { timeout: 15_000, interval: 20 };

test("a file that is written in two halves is published once and whole", async () => {
  const letters = new Letters();
  const scheduler = new HandScheduler();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  room.watch(office.url, { scheduler });
  await room.printed(/^watches /);
  const whole = letter("halves", "the first half, the second half");
  await using file = await open(room.path("halves.eml"), "w");
  await file.write(whole.slice(0, -20));
  await expect.poll(() => scheduler.isArmed(lookEveryMs), patiently).toBe(true);
  scheduler.advance(lookEveryMs);
  await expect.poll(() => scheduler.isArmed(lookEveryMs), patiently).toBe(true);
  await file.write(whole.slice(-20));
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
  await using file = await open(room.path("halves.eml"), "w");
  await file.write(whole.slice(0, -20));
  await expect.poll(() => scheduler.isArmed(lookEveryMs), patiently).toBe(true);
  const { mtimeMs } = await file.stat();
  scheduler.advance(mtimeMs + 100 - scheduler.now());
  await expect.poll(() => scheduler.isArmed(settleMs), patiently).toBe(true);
  await file.write(whole.slice(-20));
  await arrive(letters, 1, scheduler);
  expect(letters.drafts.map(({ preview }) => preview)).toEqual(["the first half, the second half"]);
});

test("a file that is still being written when the mailbox starts is published once and whole", async () => {
  const letters = new Letters();
  const scheduler = new HandScheduler();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  const whole = letter("halves", "the first half, the second half");
  await using file = await open(room.path("halves.eml"), "w");
  await file.write(whole.slice(0, -20));
  // Its last change is now, whatever the file system's clock says.
  await file.utimes(new Date(scheduler.now()), new Date(scheduler.now()));
  room.watch(office.url, { scheduler });
  await room.printed(/^watches /);
  await expect.poll(() => scheduler.isArmed(settleMs), patiently).toBe(true);
  await file.write(whole.slice(-20));
  await arrive(letters, 1, scheduler);
  expect(letters.drafts.map(({ preview }) => preview)).toEqual(["the first half, the second half"]);
});

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

/** Waits until so many are there, while the watcher's time passes. */
async function arrive(letters: Letters, count: number, scheduler: HandScheduler): Promise<void> {
  const look = (): number => {
    scheduler.advance(lookEveryMs);
    return letters.drafts.length;
  };
  await expect.poll(look, patiently).toBe(count);
}
