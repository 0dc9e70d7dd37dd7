import type { Browser, Locator, Page } from "playwright-core";

/** What the page shows of one direction. */
export interface ShownRow {
  readonly sent: number;
  readonly received: number;
  readonly failed: number;
  readonly lost: number;
  readonly doubled: number;
}

/** Somebody who looks at the page, and at the browser's complaints about it. */
export class Visitor implements AsyncDisposable {
  readonly page: Page;
  readonly log: Locator;
  /** Every error in the console, every exception, every request that failed. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    this.log = page.getByRole("log");
    page.on("console", (message) => message.type() === "error" && this.complaints.push(message.text()));
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("requestfailed", (request) => this.complaints.push(`${request.url()} failed`));
    page.on("response", (response) => {
      if (response.status() >= 400) this.complaints.push(`${response.url()} ${response.status()}`);
    });
  }

  static async open(browser: Browser, url: string): Promise<Visitor> {
    const visitor = new Visitor(await browser.newPage());
    await visitor.page.goto(url);
    return visitor;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.page.close();
  }

  press(name: string): Promise<void> {
    return this.page.getByRole("button", { name }).click();
  }

  async say(text: string): Promise<void> {
    await this.page.getByLabel("Say something else").fill(text);
    await this.press("Say it");
  }

  /** Waits until the big word is `name`. */
  seesState(name: string): Promise<void> {
    return this.page.locator("#state-name", { hasText: name }).waitFor();
  }

  /** Waits until the log, from its first line to its last, matches. */
  reads(pattern: RegExp): Promise<void> {
    return this.log.filter({ hasText: pattern }).waitFor();
  }

  /** How often the server sent `text` back. */
  echoes(text: string): Promise<number> {
    return this.log.locator(".heard", { hasText: text }).count();
  }

  /** The id of the session, once there is one. */
  async session(): Promise<string | null> {
    const fact = this.page.locator("#fact-session", { hasNotText: "none yet" });
    return fact.textContent();
  }

  /** What the ledger shows, once both ends have counted and nothing is on its way any more. */
  async checkedLedger(): Promise<{ readonly up: ShownRow; readonly down: ShownRow }> {
    await this.page.locator("#ledger-words", { hasText: /it is whole|was told|is wrong/ }).waitFor();
    return { up: await this.#row("up"), down: await this.#row("down") };
  }

  /** How many links there were, and what became of the sessions. */
  async counts(): Promise<{ readonly links: number; readonly resumed: number; readonly lost: number }> {
    return {
      links: await this.#number("count-links"),
      resumed: await this.#number("count-resumed"),
      lost: await this.#number("count-lost"),
    };
  }

  /** Waits until the number of what the page has said matches. */
  hasSaid(pattern: RegExp): Promise<void> {
    return this.page.locator("#up-sent", { hasText: pattern }).waitFor();
  }

  async #row(direction: "up" | "down"): Promise<ShownRow> {
    return {
      sent: await this.#number(`${direction}-sent`),
      received: await this.#number(`${direction}-received`),
      failed: await this.#number(`${direction}-failed`),
      lost: await this.#number(`${direction}-lost`),
      doubled: await this.#number(`${direction}-doubled`),
    };
  }

  async #number(id: string): Promise<number> {
    return Number(await this.page.locator(`#${id}`).textContent());
  }
}
