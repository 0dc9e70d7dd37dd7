import type { Browser, ElementHandle, Page } from "puppeteer-core";
import { expect } from "vitest";

const columns = ["sent", "received", "failed", "lost", "doubled", "reordered"] as const;

const failedSocket = /^Error: (The connection to|Firefox can’t establish a connection to the server at) ws:/;

/** Somebody who looks at the page in Firefox. */
export class FirefoxVisitor implements AsyncDisposable {
  readonly page: Page;
  /** Every exception on the page. Firefox tells of each socket that fails as of one, though nobody threw it. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on("pageerror", (error) => {
      if (!failedSocket.test(String(error))) this.complaints.push(String(error));
    });
  }

  /** Opens the page with cookies of their own, and signs in by the form. */
  static async open(firefox: Browser, url: string, name: string): Promise<FirefoxVisitor> {
    const context = await firefox.createBrowserContext();
    const visitor = new FirefoxVisitor(await context.newPage());
    await visitor.page.goto(url);
    await visitor.isAsked();
    await visitor.fill("#sign-in-name", name);
    await visitor.press("Sign in");
    await visitor.reads("#here", new RegExp(`${name} \\(you\\)`));
    return visitor;
  }

  /** Another tab with the same cookies. */
  async secondTab(url: string): Promise<FirefoxVisitor> {
    const visitor = new FirefoxVisitor(await this.page.browserContext().newPage());
    await visitor.page.goto(url);
    return visitor;
  }

  async fill(selector: string, text: string): Promise<void> {
    const field = await this.#find(selector);
    await field.evaluate((input) => ((input as HTMLInputElement).value = ""));
    await field.type(text);
  }

  async press(name: string): Promise<void> {
    const button = await this.#find(`::-p-xpath(//button[normalize-space()='${name}' and not(@disabled)])`);
    await button.click();
  }

  /** Waits until the text there matches. */
  async reads(selector: string, pattern: RegExp): Promise<void> {
    await expect.poll(() => this.text(selector)).toMatch(pattern);
  }

  /** Waits until the page asks who is there. */
  async isAsked(): Promise<void> {
    await expect.poll(() => this.count("#sign-in[open]")).toBe(1);
  }

  /** Waits until there are so many. */
  async seesSoMany(selector: string, count: number): Promise<void> {
    await expect.poll(() => this.count(selector)).toBe(count);
  }

  text(selector: string): Promise<string> {
    return this.page.$eval(selector, ({ textContent }) => textContent ?? "");
  }

  count(selector: string): Promise<number> {
    return this.page.$$eval(selector, ({ length }) => length);
  }

  /** How often a subject is in the list, and how often as unread. */
  async notices(subject: string): Promise<{ readonly all: number; readonly unread: number }> {
    const found = await this.page.$$eval("#notices > li", (items) =>
      items.map((item) => ({
        subject: item.querySelector(".subject")?.textContent,
        isUnread: item.hasAttribute("data-unread"),
      })),
    );
    const all = found.filter((notice) => notice.subject === subject);
    return { all: all.length, unread: all.filter(({ isUnread }) => isUnread).length };
  }

  /** Waits until the subject is in the list, once. */
  async receives(subject: string): Promise<void> {
    await expect.poll(async () => (await this.notices(subject)).all).toBe(1);
  }

  /** Opens a notification that is in the list. */
  async openNotice(subject: string): Promise<void> {
    const summary = await this.#find(`::-p-xpath(//*[@id='notices']/li[.//*[.='${subject}']]//summary)`);
    await summary.click();
  }

  /** What the ledger shows of one direction, column by column. */
  async ledger(direction: "up" | "down"): Promise<readonly number[]> {
    const texts = await Promise.all(columns.map((column) => this.text(`#${direction}-${column}`)));
    return texts.map((text) => Number(text.replaceAll(",", "")));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.browserContext().close();
  }

  /** Waits until it can be seen. Not with puppeteer's locators: what they wait with fails in Firefox on a page with our policy. */
  async #find(selector: string): Promise<ElementHandle> {
    let found: ElementHandle | null = null;
    const look = async (): Promise<boolean> => {
      found = await this.page.$(selector);
      return (await found?.isVisible()) ?? false;
    };
    await expect.poll(look).toBe(true);
    return found as unknown as ElementHandle;
  }
}
