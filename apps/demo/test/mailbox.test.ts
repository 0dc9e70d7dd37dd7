import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import type { Draft } from "../src/shared/notification.ts";
import { letter, MailRoom } from "./mail-room.ts";
import { Letters, PostOffice } from "./post-office.ts";

/** The machine may be busy. */
const patiently = { interval: 20 };
const samples = new URL("../samples/", import.meta.url);

test("after a restart everything has the key that it had, so nothing is published twice", async () => {
  const letters = new Letters();
  await using office = await PostOffice.open(letters);
  await using room = await MailRoom.open();
  const names = (await readdir(samples)).filter((name) => name !== "malformed.eml");
  for (const name of names) await room.put(name, await readFile(new URL(name, samples)));
  await room.put("no-id.eml", "From: ada@rivermill.example\r\n\r\nwithout an id\r\n");
  const count = names.length + 1;
  const told = (): readonly string[] => room.lines.filter((line) => line.startsWith("mail from"));
  room.watch(office.url);
  await letters.arrived(count);
  await expect.poll(told, patiently).toHaveLength(count);
  await room.leave();
  const before = letters.keys.length;
  room.watch(office.url);
  await letters.until(() => new Set(letters.keys.slice(before)).size === count);
  expect(letters.drafts.length).toBe(count);
  expect(told()).toHaveLength(count);
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
  expect(room.lines.filter((line) => /^mail from .*(one|two|three)$/.test(line))).toHaveLength(3);
  expect(letters.subjects.toSorted()).toEqual(["one", "three", "two"]);
});

test("a server that ends before it answers is asked again, and knows it", async () => {
  const letters = new Letters();
  const forgetful = new (class extends Letters {
    override publish(draft: Draft): Promise<never> {
      void letters.publish(draft);
      return new Promise(() => {});
    }
  })();
  const office = await PostOffice.open(forgetful);
  let { url } = office;
  await using room = await MailRoom.open();
  await room.put("one.eml", letter("one"));
  room.watch(() => url);
  await letters.arrived(1);
  await using again = await PostOffice.open(letters);
  ({ url } = again);
  await office[Symbol.asyncDispose]();
  await writeFile(room.path("two.eml"), letter("two"));
  await room.printed(/Rivers: two$/);
  expect(letters.subjects).toEqual(["one", "two"]);
});

test("what the server fails to take is told, and the next one goes on", async () => {
  const letters = new (class extends Letters {
    override publish(draft: Draft): ReturnType<Letters["publish"]> {
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
  expect(letters.keys).toEqual([]);
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
