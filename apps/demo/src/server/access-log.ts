import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Access } from "./meter.ts";

/** Every HTTP exchange and every link of a session that is over, a line each, in the words of the meter. Begins anew with each start. */
export class AccessLog implements AsyncDisposable {
  #file: WriteStream | undefined;

  /** Writes there from now on. What happened before is not written. */
  open(path: string): void {
    this.#file = createWriteStream(path, { flags: "w" });
    // A disk that is full stops the log, and nothing else.
    this.#file.on("error", () => {});
  }

  write({ who, method, path, status, bytesIn, bytesOut, isEmpty }: Access): void {
    if (!this.#file?.writable) return;
    // A name may have spaces, which stand between the columns.
    const name = encodeURI(who);
    const words = [
      new Date().toISOString(),
      name,
      method,
      path || "-",
      status,
      bytesIn,
      bytesOut,
      isEmpty ? "empty" : "",
    ];
    this.#file.write(`${words.join(" ").trimEnd()}\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#file) return;
    this.#file.end();
    await finished(this.#file).catch(() => {});
  }
}
