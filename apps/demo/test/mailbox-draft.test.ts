import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { oneLine } from "../src/shared/one-line.ts";
import { readMail } from "../src/mailbox/read-mail.ts";
import { textOf } from "../src/mailbox/text-of.ts";
import { toDraft } from "../src/mailbox/to-draft.ts";
import { Draft, longest } from "../src/shared/notification.ts";
import { letter, MailRoom } from "./mail-room.ts";

const drafted = (text: string, place = "mail.eml") => toDraft(Buffer.from(text), place);
const sample = async (name: string) =>
  toDraft(await readFile(new URL(`../samples/${name}`, import.meta.url)), name);
const noMail = { problem: "it is no mail: it has neither a sender nor a subject" };
const headless = { problem: "its head does not end" };

test.each([
  [
    "plain.eml",
    "Ada Rivers",
    "The keys to the boathouse",
    /behind the door of the café now – second hook .* Zoë/,
  ],
  [
    "latin-1.eml",
    "Jürgen Groß",
    "Prüfung der Gläser verschoben: nächster Termin am 3. März",
    /^Grüß Gott, die Prüfung fällt aus, .* Käsekuchen\. Schöne Grüße Jürgen Groß$/,
  ],
  ["emoji.eml", "Noor ✨ Haddad", "🎉 We moved in! Come and see 🏠", /^Hello hello 👋 .* cold 👨‍👩‍👧‍👦\. Noor$/],
  [
    "alternative.eml",
    "Harbour Library",
    "Two of your books are due on Friday",
    /^Dear reader, "A Field Guide to Tides" .* Your library$/,
  ],
  [
    "html-only.eml",
    "Bright Kettle Tea",
    "Your order 7731 is on its way",
    /^It’s on its way Dear Mr O'Hara, your Lapsang & Assam left our warehouse <this morning>\. Parcels 1 Weight 750 g$/,
  ],
  [
    "attachment.eml",
    "Mirela Stan",
    "Colours of the sample, as promised",
    /^The swatch is attached\. .* water under the bridge\.$/,
  ],
  ["japanese.eml", "田中 花子", "打ち合わせの時間変更のお知らせ", /^佐藤様 いつもお世話に.*木曜日の午後三時/],
  ["bounce.eml", "Mail Delivery System", "Undelivered Mail Returned to Sender", /^Your message could not be/],
])("%s is understood", async (name, from, subject, preview) => {
  const result = await sample(name);
  const key = expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string;
  const words = expect.stringMatching(preview) as string;
  expect(result).toEqual({ draft: { key, from, subject, preview: words } });
});

test("malformed.eml is no mail", async () => {
  expect(await sample("malformed.eml")).toEqual(noMail);
});

test.each([
  ["nothing at all", "", { problem: "it is empty" }],
  ["a text", "Hello\r\nthere\r\n\r\nyou", noMail],
  ["a line", "Hello", headless],
  ["half a head", "From: a@b.example\r\nSubj", headless],
  ["half a head with an id", "From: a@b.example\r\nMessage-ID: <one@b.example>\r\n", headless],
  ["a head whose last line is half there", "From: a@b.example\r\n\r", headless],
  ["a body without headers", "\r\n\r\nbody", noMail],
  ["headers of another kind", "Host: mail.example\r\n\r\nbody", noMail],
  ["an empty sender", "From: <>\r\n\r\nbody", noMail],
  ["zeros", "\0".repeat(5_000), headless],
  ["zeros behind a head of zeros", `${"\0".repeat(5_000)}\n\n\0`, noMail],
  [
    "too many nested parts",
    nested(300),
    { problem: expect.stringMatching(/^it is no mail: .*nest/i) as string },
  ],
])("%s is no mail, and says why", async (_, text, problem) => {
  expect(await drafted(text)).toEqual(problem);
});

test("a mail without a sender, and one without a subject, say so", async () => {
  const { draft: unsent } = await published("Subject: a subject\r\n\r\n");
  expect(unsent).toMatchObject({ from: "(no sender)", subject: "a subject", preview: "" });
  const { draft: aboutNothing } = await published("From: a@b.example\r\n\r\n");
  expect(aboutNothing).toMatchObject({ from: "a@b.example", subject: "(no subject)" });
});

test("the key is what its sender calls the mail, or else its head and where it lies", async () => {
  const key = async (headers: string, body = "body", place?: string): Promise<string | undefined> =>
    (await published(`From: a@b.example\r\n${headers}\r\n${body}`, place)).draft.key;
  const named = "Message-ID: <one@b.example>\r\n";
  // Half of a mail is the same mail, and so is its copy.
  expect(await key(named, "bo", "new/copy")).toBe(await key(named));
  // Some programs call every mail the same.
  expect(await key(`${named}Subject: another\r\n`)).not.toBe(await key(named));
  for (const unnamed of ["", "Message-ID:\r\n"]) {
    expect(await key(unnamed, "bo")).toBe(await key(unnamed));
    expect(await key(unnamed)).not.toBe(await key(`X-Other: one\r\n${unnamed}`));
    expect(await key(unnamed)).not.toBe(await key(unnamed, "body", "new/mail.eml"));
  }
  const long = `Message-ID: <${"x".repeat(longest.key)}@b.example>\r\n`;
  expect((await key(long))?.length).toBeLessThanOrEqual(longest.key);
});

test("whatever is long is cut to what a notification takes", async () => {
  const long = "🎈 many words ".repeat(2_000);
  const word = `=?UTF-8?B?${Buffer.from(long).toString("base64")}?=`;
  const { draft } = await published(
    `From: ${word} <a@b.example>\r\nSubject: ${word}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${long}`,
  );
  expect(Draft.safeParse(draft).success).toBe(true);
  for (const part of ["from", "subject", "preview"] as const) {
    expect(draft[part]).toMatch(/^🎈 many words .*[^ ]…$/u);
    expect(draft[part]?.length).toBeGreaterThan(longest[part] - 4);
  }
});

test("a cut goes through no character, as a reader counts them", () => {
  const family = "👨‍👩‍👧‍👦";
  expect(oneLine(family.repeat(3), 2 * family.length + 5)).toBe(`${family.repeat(2)}…`);
  expect(oneLine(family.repeat(3), 3 * family.length)).toBe(family.repeat(3));
  expect(oneLine("🎈🎈🎈", 4)).toBe("🎈…");
  expect(oneLine("a\u0301".repeat(5), 6)).toBe(`${"a\u0301".repeat(2)}…`);
  expect(oneLine(`a${"\u0301".repeat(500)}`, 20)).toBe("…");
});

test("a line has no breaks, no terminal's commands and nothing that turns it around", () => {
  expect(oneLine("  one\r\n\ttwo\u00a0 three\u200b\u00ad ", 50)).toBe("one two three");
  expect(oneLine("\u001b[31mred\u0007", 50)).toBe("[31mred");
  expect(oneLine("invoice\u202efdp.exe", 50)).toBe("invoicefdp.exe");
});

test("HTML is read, not run: its scripts and styles are no words", () => {
  expect(textOf("<p>a<script>alert('b')</script>c</p><style>d</style>")).not.toMatch(/alert|b|d/);
  expect(oneLine(textOf("<p>un<b>bro</b>ken<p>next<br>line &lt;b&gt; &amp; &#x1F388;"), 50)).toBe(
    "unbroken next line <b> & 🎈",
  );
  expect(oneLine(textOf("before <script>never closed <p>words"), 50)).toBe("before");
  expect(oneLine(textOf("a < b, and <unknown>so</unknown> on <!-- no --> here"), 50)).toBe(
    "a < b, and so on here",
  );
});

test("a file is read as a whole, or there is a reason", async () => {
  await using room = await MailRoom.open();
  await room.put("mail.eml", letter("one"));
  expect(await readMail(room.path("mail.eml"))).toEqual({
    bytes: new Uint8Array(Buffer.from(letter("one"))),
  });
  expect(await readMail(room.path("gone.eml"))).toEqual({ problem: "it is gone" });
  expect(await readMail(room.path(""))).toEqual({ problem: "it is no file" });
  expect(await readMail(room.path("mail.eml/within.eml"))).toEqual({
    problem: "it cannot be read (ENOTDIR)",
  });
  await using socket = createServer().listen(room.path("socket.eml"));
  await once(socket, "listening");
  expect(await readMail(room.path("socket.eml"))).toEqual({ problem: "it is no file" });
});

async function published(text: string, place?: string): Promise<{ readonly draft: Draft }> {
  const result = await drafted(text, place);
  if ("problem" in result) throw new Error(result.problem);
  return result;
}

function nested(depth: number): string {
  const part = (n: number): string => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`;
  return `From: a@b.example\r\n${Array.from({ length: depth }, (_, n) => part(n)).join("")}`;
}
