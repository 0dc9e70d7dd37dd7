import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { TemporaryFolder } from "./quiet-demo.ts";
import { DemoProcess } from "./run-demo.ts";

/** A demo that is killed, and lives again at the same port with the same data. It begins with no mails. */
export class MortalDemo implements AsyncDisposable {
  readonly url: string;
  readonly #data: TemporaryFolder;
  #process: DemoProcess;

  private constructor(url: string, data: TemporaryFolder, process: DemoProcess) {
    this.url = url;
    this.#data = data;
    this.#process = process;
  }

  static async start(): Promise<MortalDemo> {
    const data = new TemporaryFolder();
    mkdirSync(join(data.path, "mail"));
    const process = new DemoProcess("--port", "0", "--data", data.path);
    return new MortalDemo(await process.printed(/^Open (\S+)$/), data, process);
  }

  /** Kills it at once, wherever it is, then starts it again. */
  async dieAndRise(): Promise<void> {
    await this.#process[Symbol.asyncDispose]();
    this.#process = new DemoProcess("--port", new URL(this.url).port, "--data", this.#data.path);
    await this.#process.printed(/^Open /);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process[Symbol.asyncDispose]();
    this.#data[Symbol.dispose]();
  }
}
