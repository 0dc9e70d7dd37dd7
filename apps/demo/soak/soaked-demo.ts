import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { TemporaryFolder } from "../test/quiet-demo.ts";
import type { Held, Word } from "./demo-child.ts";

const program = fileURLToPath(new URL("demo-child.ts", import.meta.url));

/** A demo in a process of its own, with data of its own. */
export class SoakedDemo implements AsyncDisposable {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #folder: TemporaryFolder;

  private constructor(url: string, child: ChildProcess, folder: TemporaryFolder) {
    this.url = url;
    this.#child = child;
    this.#folder = folder;
  }

  static async start(): Promise<SoakedDemo> {
    const folder = new TemporaryFolder();
    const child = fork(program, [folder.path], {
      execArgv: ["--conditions=@holdfast/source", "--expose-gc"],
    });
    const word = await hear(child);
    if (word.kind !== "url") throw new Error("the demo has no address");
    return new SoakedDemo(word.url, child, folder);
  }

  /** What its process holds, after a collection. */
  async measure(): Promise<Held> {
    const answer = hear(this.#child);
    this.#child.send("measure");
    const word = await answer;
    if (word.kind !== "held") throw new Error("the demo gave no measure");
    return word;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.connected) {
      const gone = once(this.#child, "exit");
      this.#child.disconnect();
      await gone;
    }
    this.#folder[Symbol.dispose]();
  }
}

/** The next word of the child's. @throws Error when it ends instead */
async function hear(child: ChildProcess): Promise<Word> {
  const over = new AbortController();
  const { signal } = over;
  try {
    const ended = once(child, "exit", { signal }).then(([code]) => {
      throw new Error(`the demo ended with ${String(code)}`);
    });
    const [word] = await Promise.race([once(child, "message", { signal }), ended]);
    return word as Word;
  } finally {
    over.abort();
  }
}
