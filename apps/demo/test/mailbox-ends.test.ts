import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { headOf } from "../src/mailbox/head-of.ts";
import { lastPartEnds } from "../src/mailbox/last-part-ends.ts";
import { toDraft } from "../src/mailbox/to-draft.ts";

const samples = new URL("../samples/", import.meta.url);

test.each([
  ["A: b\r\n\r\nbody\r\n\r\n", "A: b\r\n"],
  ["A: b\n\nbody", "A: b\n"],
  ["A: b\r\n\n", "A: b\r\n"],
  ["A: b\r\n\r\r\n", "A: b\r\n"],
  ["\r\nbody", ""],
  ["A: b\r\n", undefined],
  ["A: b\r\n\r", undefined],
  ["A: b\r\n \r\n", undefined],
  ["A: b\r\r", undefined],
  ["", undefined],
])("the head of %j is %j", (written, head) => {
  const found = headOf(Buffer.from(written));
  expect(found && Buffer.from(found).toString()).toBe(head);
});

const multipart = "multipart/mixed; boundary=b";

test.each([
  ["\r\n--b\r\n\r\none\r\n--b--\r\n", multipart],
  ["\r\n--b\r\n\r\none\r\n--b--", multipart],
  ["\n--b\n\none\n--b-- \t\nan epilogue\n", multipart],
  ["\n--b--\n", multipart],
  ["\n--b--not yet\n--b--\n", multipart],
  ["\n--b;c--\n", 'Multipart/Report; type="a; boundary=x"; Boundary = "b;c"'],
  ["\n--b--\n", "multipart/mixed; boundary=b(a comment); boundary=c"],
  ['\n--b"c--\n', 'multipart/mixed; boundary="b\\"c"'],
  ["\nno parts", "text/plain; boundary=b"],
  ["\nno parts", "multipart/mixed"],
  ["\nno parts", 'multipart/mixed; boundary=""'],
  ["\nno parts", ""],
])("%j ends, as %s", (rest, contentType) => {
  expect(lastPartEnds(Buffer.from(rest), contentType)).toBe(true);
});

test.each([
  ["\r\n--b\r\n\r\none\r\n", multipart],
  ["\r\n--b\r\n\r\none\r\n--b", multipart],
  ["\r\n--b\r\n\r\none\r\n--b-", multipart],
  ["\r\n--b\r\n\r\none\r\n--b--c", multipart],
  ["\r\n--b\r\n\r\none --b--", multipart],
  ["\r\n--bb--\r\n", multipart],
  ["\r\n--b--\r\n", 'multipart/mixed; x="; boundary=b"; boundary=c'],
  ["\r\n", multipart],
])("%j does not end, as %s", (rest, contentType) => {
  expect(lastPartEnds(Buffer.from(rest), contentType)).toBe(false);
});

test("no beginning of a sample makes another notification than the whole: it has the same key, or is not published", async () => {
  for (const name of await readdir(samples)) {
    const bytes = await readFile(new URL(name, samples));
    const whole = await toDraft(bytes, name);
    for (let length = 0; length < bytes.length; length += 7) {
      const part = await toDraft(bytes.subarray(0, length), name);
      if (!("draft" in part)) continue;
      const { key, from, subject } = part.draft;
      expect(whole).toMatchObject({ draft: { key, from, subject } });
    }
  }
});
