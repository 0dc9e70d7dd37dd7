import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { TemporaryFolder } from "./quiet-demo.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** How Node runs the command. */
export const command: readonly string[] = ["--conditions=@holdfast/source", main];

/** The environment of somebody who keeps everything in that folder: what a test does is never among the user's own data. */
export function atHomeIn(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, HOME: folder, XDG_STATE_HOME: folder, LOCALAPPDATA: folder };
}

/** The command, in a process of its own, with data of its own unless `--data` says otherwise. */
export class DemoProcess implements AsyncDisposable {
  /** What it printed so far. */
  readonly lines: string[] = [];
  /** The state directory of its user: new, and gone with it. */
  readonly home: TemporaryFolder = new TemporaryFolder();
  readonly #child: ChildProcess;
  readonly #errors: Promise<string>;
  readonly #ended: Promise<unknown[]>;
  readonly #looks: Set<() => void> = new Set();

  constructor(...args: readonly string[]) {
    const child = spawn(process.execPath, [...command, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: atHomeIn(this.home.path),
    });
    this.#child = child;
    this.#errors = text(child.stderr);
    this.#ended = once(child, "close");
    createInterface(child.stdout).on("line", (line) => {
      this.lines.push(line);
      for (const look of this.#looks) look();
    });
  }

  /** What `pattern` captures in the first line that matches; rejects when the process ends without one. */
  async printed(pattern: RegExp): Promise<string> {
    let look = (): void => {};
    const found = new Promise<string>((resolve) => {
      look = () => {
        const match = this.lines.map((line) => pattern.exec(line)).find(Boolean);
        if (match) resolve(match[1] ?? match[0]);
      };
      this.#looks.add(look);
      look();
    });
    const ended = this.end().then(({ code, errors }) => {
      throw new Error(`ended with ${String(code)} before ${String(pattern)}: ${errors}`);
    });
    try {
      return await Promise.race([found, ended]);
    } finally {
      this.#looks.delete(look);
    }
  }

  /** What the system calls it. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  interrupt(): void {
    this.#child.kill("SIGINT");
  }

  /** Closes the terminal that it runs in: nobody reads what it prints any more. */
  hangUp(): void {
    this.#child.stdout?.destroy();
    this.#child.kill("SIGHUP");
  }

  /** Ends it as a power cut does: it cannot say or write one word more. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }

  async end(): Promise<{ code: unknown; errors: string }> {
    const [[code], errors] = await Promise.all([this.#ended, this.#errors]);
    return { code, errors };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    this.home[Symbol.dispose]();
  }
}
