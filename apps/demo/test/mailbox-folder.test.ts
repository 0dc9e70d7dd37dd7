import { copyFile, mkdir, readdir, rename, symlink, truncate, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { letter, MailRoom } from "./mail-room.ts";
import { Letters, PostOffice } from "./post-office.ts";

const samples = new URL("../samples/", import.meta.url);

test("every sample that is dropped into the folder is published, and the malformed one is told", async () => {
  const letters = new Letters();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  room.watch(office.url);
  await room.printed(/^watches /);
  const names = await readdir(samples);
  for (const name of names) await copyFile(new URL(name, samples), room.path(name));
  await letters.arrived(names.length - 1);
  await room.printed(/^skipped malformed\.eml: it is no mail/);
  expect(letters.subjects).toContain("🎉 We moved in! Come and see 🏠");
  await room.printed(/^mail from 田中 花子: 打ち合わせの時間変更のお知らせ$/);
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
  await room.put(".hidden.eml", letter("hidden"));
  await room.put("elsewhere.txt", letter("elsewhere"));
  await symlink(room.path("elsewhere.txt"), room.path("link.eml"));
  await room.put("z.eml", letter("a mail"));
  room.watch(office.url);
  await room.printed(/^watches /);
  await Promise.all([
    room.printed(/^skipped empty\.eml: it is empty$/),
    room.printed(/^skipped rubbish\.eml: its head does not end$/),
    room.printed(/^skipped no-header\.eml: it is no mail/),
    room.printed(/^skipped large\.eml: it is larger than 25 MiB$/),
    room.printed(/^skipped link\.eml: it is a symbolic link$/),
    room.printed(/: a mail$/),
  ]);
  await writeFile(room.path("later.eml"), letter("later"));
  await room.printed(/: later$/);
  expect(letters.subjects.toSorted()).toEqual(["a mail", "later"]);
});
