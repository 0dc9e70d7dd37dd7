import { existsSync, mkdirSync, realpathSync, type Stats } from "node:fs";
import { lstat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { FSWatcher, type Scheduler } from "chokidar";
import { openForWriting } from "./open-for-writing.ts";

/** A file that has not changed for so long has been written. */
export const settleMs = 500;
/** How often it is looked at meanwhile. */
export const lookEveryMs = settleMs / 4;

export interface MailFolderOptions {
  /** Made when it is not there. */
  readonly folder: string;
  /** There is a new mail, or one that was there changed. */
  readonly found: (path: string) => void;
  /** A mail has settled, but somebody still has it open for writing: told once, then it is waited for. */
  readonly unfinished: (path: string) => void;
  readonly failed: (error: unknown) => void;
  /** Whose time it is. @defaultValue the system's */
  readonly scheduler?: Scheduler | undefined;
}

/** Looks after the mails in a folder: those that are there, and those that come, once they are written. */
export class MailFolder implements AsyncDisposable {
  /** Resolves when what was there has been found. */
  readonly ready: Promise<void>;
  readonly #folder: string;
  readonly #options: MailFolderOptions;
  readonly #scheduler: Scheduler;
  readonly #watcher: FSWatcher;
  /** What may still be written, and when to look again. */
  readonly #unsettled: Map<string, ReturnType<Scheduler["setTimeout"]>> = new Map();
  /** What has been told to be unfinished. */
  readonly #unfinished: Set<string> = new Set();
  /** As what each was found last: a watcher may tell of one writing twice. */
  readonly #found: Map<string, string> = new Map();
  /** One search serves all who ask meanwhile. */
  #search: Promise<ReadonlySet<string>> | undefined;
  #isOver = false;

  /** @throws Error the file system's, when the folder cannot be made. */
  constructor(options: MailFolderOptions) {
    mkdirSync(options.folder, { recursive: true });
    this.#folder = realpathSync(options.folder);
    this.#options = options;
    this.#scheduler = options.scheduler ?? systemScheduler;
    this.#watcher = new FSWatcher(
      {
        depth: 1,
        followSymlinks: false,
        ignored: (path, stats) => !this.#isWatched(path, stats),
        awaitWriteFinish: { stabilityThreshold: settleMs, pollInterval: lookEveryMs },
      },
      this.#scheduler,
    );
    this.#watcher.on("add", (path, stats) => this.#see(path, stats));
    this.#watcher.on("change", (path, stats) => this.#see(path, stats));
    this.#watcher.on("unlink", (path) => this.#found.delete(path));
    this.#watcher.on("error", options.failed);
    this.ready = new Promise<void>((resolve) => this.#watcher.once("ready", resolve));
    this.#watcher.add(this.#folder);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await this.#watcher.close();
    for (const timer of this.#unsettled.values()) this.#scheduler.clearTimeout(timer);
    this.#unsettled.clear();
  }

  /** Where a mail is within the folder, in the same words on every system. */
  placeOf(path: string): string {
    return this.#parts(path).join("/");
  }

  /** What lies in the folder, and in `new/`; of other folders nothing. */
  #isWatched(path: string, stats: Stats | undefined): boolean {
    const [first = "", ...rest] = this.#parts(path);
    return first === "new" || first === "" || (rest.length === 0 && !stats?.isDirectory());
  }

  /** Files of a Maildir have names of all kinds. Hidden ones are somebody's own: lists of folders, copies that are under way. */
  #isMail(path: string): boolean {
    const [first = "", second] = this.#parts(path);
    if ((second ?? first).startsWith(".")) return false;
    if (second === undefined) return /\.eml$/i.test(first);
    return ["cur", "tmp"].every((name) => existsSync(join(this.#folder, name)));
  }

  #parts(path: string): readonly string[] {
    return relative(this.#folder, path).split(sep);
  }

  /** The watcher does not wait for what is there when it begins: that may still be written, too. */
  #see(path: string, stats: Stats | undefined): void {
    if (!this.#isMail(path)) return;
    const ageMs = stats ? this.#scheduler.now() - stats.mtimeMs : settleMs;
    // Who is ahead of our clock cannot be waited for.
    if (ageMs < 0 || ageMs >= settleMs) void this.#release(path, stats);
    else this.#waitFor(path);
  }

  /** Who has it open may write on, however long he thinks. */
  async #release(path: string, stats: Stats | undefined): Promise<void> {
    this.#search ??= openForWriting(this.#folder).finally(() => (this.#search = undefined));
    const open = await this.#search;
    if (this.#isOver) return;
    if (!open.has(path)) {
      this.#unfinished.delete(path);
      const version = `${stats?.mtimeMs} ${stats?.size}`;
      if (stats && this.#found.get(path) === version) return;
      this.#found.set(path, version);
      return this.#options.found(path);
    }
    if (!this.#unfinished.has(path)) this.#options.unfinished(path);
    this.#unfinished.add(path);
    this.#waitFor(path);
  }

  #waitFor(path: string): void {
    this.#scheduler.clearTimeout(this.#unsettled.get(path));
    this.#unsettled.set(
      path,
      this.#scheduler.setTimeout(() => void this.#lookAgain(path), settleMs),
    );
  }

  async #lookAgain(path: string): Promise<void> {
    const timer = this.#unsettled.get(path);
    const stats = await lstat(path).catch(() => undefined);
    if (this.#unsettled.get(path) !== timer || !this.#unsettled.delete(path)) return;
    this.#see(path, stats);
  }
}

const systemScheduler: Scheduler = {
  now: () => Date.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout | undefined),
};
