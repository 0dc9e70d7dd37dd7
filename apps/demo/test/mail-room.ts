import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Mailbox, type MailboxOptions } from "../src/mailbox/mailbox.ts";

/** A folder for mails, and what the mailboxes that watch it print. */
export class MailRoom implements AsyncDisposable {
  readonly folder: string;
  readonly lines: string[] = [];
  #mailboxes = new AsyncDisposableStack();
  #look: () => void = () => {};

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<MailRoom> {
    return new MailRoom(await mkdtemp(join(tmpdir(), "holdfast-mail-")));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
    await rm(this.folder, { recursive: true });
  }

  /** Starts a mailbox. */
  watch(url: MailboxOptions["url"], options: Partial<MailboxOptions> = {}): void {
    const print = (line: string): void => {
      this.lines.push(line);
      this.#look();
    };
    const credential = (): string => "open sesame";
    this.#mailboxes.use(new Mailbox({ folder: this.folder, url, credential, print, ...options }));
  }

  /** Ends the mailboxes. */
  async leave(): Promise<void> {
    const mailboxes = this.#mailboxes;
    this.#mailboxes = new AsyncDisposableStack();
    await mailboxes.disposeAsync();
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Puts a file there, as if it had been there for a minute. */
  async put(name: string, content: string | Uint8Array): Promise<void> {
    await writeFile(this.path(name), content);
    const minuteAgo = new Date(Date.now() - 60_000);
    await utimes(this.path(name), minuteAgo, minuteAgo);
  }

  /** The first line that matches, once there is one. */
  printed(pattern: RegExp): Promise<string> {
    return new Promise((resolve) => {
      const before = this.#look;
      this.#look = () => {
        before();
        const line = this.lines.find((line) => pattern.test(line));
        if (line !== undefined) resolve(line);
      };
      this.#look();
    });
  }
}

/** A short mail. */
export function letter(name: string, body = "Dear reader,\r\n"): string {
  return [
    `From: Ada Rivers <ada@rivermill.example>`,
    `Subject: ${name}`,
    `Message-ID: <${name}@rivermill.example>`,
    "",
    body,
  ].join("\r\n");
}
