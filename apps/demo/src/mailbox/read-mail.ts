import { lstat, open } from "node:fs/promises";

/** Larger files are not looked into. Mail servers rarely take larger mails. */
const maxBytes = 25 * 1024 * 1024;

/** What is in a file, or why that is not known. */
export type Read = { readonly bytes: Uint8Array } | { readonly problem: string };

/** Reads a mail as a whole or not at all. */
export async function readMail(path: string): Promise<Read> {
  try {
    const seen = await lstat(path);
    // Where a link leads to, its owner did not put into the mailbox.
    if (seen.isSymbolicLink()) return { problem: "it is a symbolic link" };
    if (!seen.isFile()) return { problem: "it is no file" };
    if (seen.size > maxBytes) return { problem: `it is larger than ${maxBytes / 2 ** 20} MiB` };
    await using file = await open(path);
    const bytes = new Uint8Array(seen.size);
    const bytesRead = await fill(bytes, (offset) => file.read(bytes, offset));
    const left = await file.stat();
    const isWhole = bytesRead === seen.size && left.size === seen.size && left.mtimeMs === seen.mtimeMs;
    return isWhole
      ? { bytes }
      : { problem: "it changed while it was read; it is read again when it is done" };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { problem: code === "ENOENT" ? "it is gone" : `it cannot be read (${code ?? String(error)})` };
  }
}

/** A read may return less than it was asked for. How many bytes there were. */
async function fill(
  bytes: Uint8Array,
  read: (offset: number) => Promise<{ readonly bytesRead: number }>,
): Promise<number> {
  let offset = 0;
  while (offset < bytes.length) {
    const { bytesRead } = await read(offset);
    if (bytesRead === 0) break;
    offset += bytesRead;
  }
  return offset;
}
