import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Access } from "./meter.ts";

/** Every exchange and every link that is over, a line each, in the words of the meter. Begins anew with each start. */
export class AccessLog implements AsyncDisposable {
  readonly #file: WriteStream;

  constructor(path: string) {
    this.#file = createWriteStream(path, { flags: "w" });
    // A disk that is full stops the log, and nothing else.
    this.#file.on("error", () => {});
  }

  write({ who, method, path, status, bytesIn, bytesOut, isEmpty }: Access): void {
    if (!this.#file.writable) return;
    const words = [
      new Date().toISOString(),
      who,
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
    this.#file.end();
    await finished(this.#file).catch(() => {});
  }
}
