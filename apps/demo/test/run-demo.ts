import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** The command, in a process of its own. */
export class DemoProcess implements AsyncDisposable {
  /** What it printed so far. */
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #errors: Promise<string>;
  readonly #ended: Promise<unknown[]>;
  #look: () => void = () => {};

  constructor(...args: readonly string[]) {
    const child = spawn(process.execPath, ["--conditions=@holdfast/source", main, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#errors = text(child.stderr);
    this.#ended = once(child, "close");
    createInterface(child.stdout).on("line", (line) => {
      this.lines.push(line);
      this.#look();
    });
  }

  /** What `pattern` captures in the first line that matches; rejects when the process ends without one. */
  async printed(pattern: RegExp): Promise<string> {
    const found = new Promise<string>((resolve) => {
      this.#look = () => {
        const match = this.lines.map((line) => pattern.exec(line)).find(Boolean);
        if (match) resolve(match[1] ?? match[0]);
      };
      this.#look();
    });
    const ended = this.end().then(({ code, errors }) => {
      throw new Error(`ended with ${String(code)} before ${String(pattern)}: ${errors}`);
    });
    return Promise.race([found, ended]);
  }

  interrupt(): void {
    this.#child.kill("SIGINT");
  }

  async end(): Promise<{ code: unknown; errors: string }> {
    const [[code], errors] = await Promise.all([this.#ended, this.#errors]);
    return { code, errors };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }
}
