import {
  copyFile,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { expect, test } from "vitest";
import { lookEveryMs, settleMs } from "../src/mailbox/mail-folder.ts";
import { HandScheduler } from "./hand-scheduler.ts";
import { letter, MailRoom } from "./mail-room.ts";
import { Letters, PostOffice } from "./post-office.ts";

/** The machine may be busy. */
const patiently = { timeout: 15_000, interval: 20 };
const samples = new URL("../samples/", import.meta.url);

test("every sample that is dropped into the folder is published, and the malformed one is told", async () => {
  const letters = new Letters();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  room.watch(office.url);
  await room.printed(/^watches /);
  const names = await readdir(samples);
  for (const name of names) await copyFile(new URL(name, samples), room.path(name));
  await expect.poll(() => letters.drafts.length, patiently).toBe(names.length - 1);
  await room.printed(/^skipped malformed\.eml: it is no mail/);
  expect(letters.subjects).toContain("🎉 We moved in! Come and see 🏠");
  expect(room.lines).toContain("mail from 田中 花子: 打ち合わせの時間変更のお知らせ");
});

test("a folder that is not there is made", async () => {
  const letters = new Letters();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  const folder = room.path("in/here");
  room.watch(office.url, { folder });
  await room.printed(/^watches /);
  await writeFile(`${folder}/one.eml`, letter("one"));
  await room.printed(/^mail from Ada Rivers: one$/);
});

test("of a Maildir it takes what is new, and nothing that is being delivered or was read", async () => {
  const letters = new Letters();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  for (const name of ["new", "cur", "tmp"]) await mkdir(room.path(name));
  await room.put("cur/1795000000.M1P1.harbour:2,S", letter("was read"));
  await room.put("tmp/1795000001.M1P1.harbour", letter("is being delivered"));
  await room.put("tmp/whole.eml", letter("is being delivered as well"));
  await room.put("new/.hidden", letter("is hidden"));
  await room.put("new/1795000002.M1P1.harbour", letter("was there"));
  room.watch(office.url);
  await room.printed(/: was there$/);
  await room.printed(/^watches /);
  await writeFile(room.path("tmp/1795000003.M1P1.harbour"), letter("came"));
  await rename(room.path("tmp/1795000003.M1P1.harbour"), room.path("new/1795000003.M1P1.harbour"));
  await room.printed(/: came$/);
  expect(letters.subjects).toEqual(["was there", "came"]);
});

test("a folder that only has a new/ is no Maildir", async () => {
  const letters = new Letters();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  await mkdir(room.path("new"));
  await room.put("new/draft", letter("not for everybody"));
  await room.put("z.eml", letter("for everybody"));
  room.watch(office.url);
  await room.printed(/^watches /);
  await room.printed(/: for everybody$/);
  expect(letters.subjects).toEqual(["for everybody"]);
});

test("what is no mail is told in a line, and the next one goes on", async () => {
  const letters = new Letters();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  await mkdir(room.path("folder.eml"));
  await room.put("folder.eml/inside.eml", letter("inside"));
  await room.put("empty.eml", "");
  await room.put(
    "rubbish.eml",
    Uint8Array.from({ length: 4_096 }, (_, index) => (index * 7_919) % 251),
  );
  await room.put("no-header.eml", "just a few words\r\n\r\nand some more\r\n");
  await room.put("large.eml", letter("large"));
  await truncate(room.path("large.eml"), 25 * 1024 * 1024 + 1);
  await room.put("elsewhere.txt", letter("elsewhere"));
  await symlink(room.path("elsewhere.txt"), room.path("link.eml"));
  await room.put("z.eml", letter("a mail"));
  room.watch(office.url);
  await room.printed(/^watches /);
  await Promise.all([
    room.printed(/^skipped empty\.eml: it is empty$/),
    room.printed(/^skipped rubbish\.eml: it is no mail/),
    room.printed(/^skipped no-header\.eml: it is no mail/),
    room.printed(/^skipped large\.eml: it is larger than 25 MiB$/),
    room.printed(/^skipped link\.eml: it is a symbolic link$/),
    room.printed(/: a mail$/),
  ]);
  await writeFile(room.path("later.eml"), letter("later"));
  await room.printed(/: later$/);
  expect(letters.subjects.toSorted()).toEqual(["a mail", "later"]);
});

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
  await expect.poll(() => (scheduler.advance(lookEveryMs), letters.published), patiently).toBe(1);
  expect(letters.drafts[0]?.preview).toBe("the first half, the second half");
  scheduler.advance(10 * settleMs);
  await writeFile(room.path("next.eml"), letter("next"));
  await expect.poll(() => (scheduler.advance(lookEveryMs), letters.published), patiently).toBe(2);
  expect(letters.subjects).toEqual(["halves", "next"]);
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
  await expect.poll(() => (scheduler.advance(lookEveryMs), letters.published), patiently).toBeGreaterThan(0);
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

test("after a restart everything has the key that it had, so nothing is published twice", async () => {
  const letters = new Letters();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  const names = (await readdir(samples)).filter((name) => name !== "malformed.eml");
  for (const name of names) await room.put(name, await readFile(new URL(name, samples)));
  await room.put("no-id.eml", "From: ada@rivermill.example\r\n\r\nwithout an id\r\n");
  const count = names.length + 1;
  room.watch(office.url);
  await expect.poll(() => letters.published, patiently).toBe(count);
  await room.leave();
  room.watch(office.url);
  await expect.poll(() => letters.published, patiently).toBe(2 * count);
  expect(letters.drafts.length).toBe(count);
  expect(room.lines.filter((line) => line.startsWith("mail from"))).toHaveLength(count);
});

test("what is dropped while the server is away arrives when it is back, once", async () => {
  const letters = new Letters();
  const office = await PostOffice.open(letters);
  let { url } = office;
  await using room = await MailRoom.open();
  room.watch(() => url);
  await room.printed(/^session .* opened$/);
  await room.printed(/^watches /);
  await office[Symbol.asyncDispose]();
  await room.printed(/^CONNECTING: .*attempt 2/);
  for (const name of ["one", "two", "three"]) await writeFile(room.path(`${name}.eml`), letter(name));
  await room.printed(/^mail from Ada Rivers: .* \(waits for a link\)$/);
  await using again = await PostOffice.open(letters);
  ({ url } = again);
  for (const name of ["one", "two", "three"]) await room.printed(new RegExp(`Rivers: ${name}$`));
  await room.leave();
  expect(letters.published).toBe(3);
  expect(letters.subjects.toSorted()).toEqual(["one", "three", "two"]);
});

test("what the server fails to take is told, and the next one goes on", async () => {
  const letters = new (class extends Letters {
    override publish(draft: Parameters<Letters["publish"]>[0]): ReturnType<Letters["publish"]> {
      if (draft.subject === "a") throw new Error("the disk is full");
      return super.publish(draft);
    }
  })();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  await room.put("a.eml", letter("a"));
  await room.put("b.eml", letter("b"));
  room.watch(office.url);
  await room.printed(/^not published, a\.eml: .*INTERNAL/);
  await room.printed(/: b$/);
  expect(letters.subjects).toEqual(["b"]);
});

test("who is not let in says so, and its mails wait for the next start", async () => {
  const letters = new Letters();
  await using office = await PostOffice.open(letters, "another password");
  await using room = await MailRoom.open();
  for (const name of ["a", "b", "c"]) await room.put(`${name}.eml`, letter(name));
  room.watch(office.url);
  await room.printed(/^not published, .*CLOSED/);
  await room.printed(/^CLOSED: gave up: UNAUTHORIZED/);
  expect(letters.published).toBe(0);
});

test("it ends at once while the server is away, and says what it could not publish", async () => {
  await using room = await MailRoom.open();
  await room.put("a.eml", letter("a"));
  await using holder = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port } = holder.address() as { readonly port: number };
  room.watch(`ws://127.0.0.1:${port}/`);
  await room.printed(/waits for a link/);
  await room.leave();
  await room.printed(/^not published, a\.eml: .*CLOSED/);
});
