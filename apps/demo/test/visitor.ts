import type { Browser, Locator, Page } from "playwright-core";

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
      if (!response.ok()) this.complaints.push(`${response.url()} ${response.status()}`);
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
}
