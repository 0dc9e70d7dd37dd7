import type { Browser, BrowserContext, Locator, Page } from "playwright-core";

/** What the laboratory shows of one direction. */
export interface ShownRow {
  readonly sent: number;
  readonly received: number;
  readonly failed: number;
  readonly lost: number;
  readonly doubled: number;
  readonly reordered: number;
}

/** Everything that was sent has arrived, once and in order. */
export function whole(sent: number): ShownRow {
  return { sent, received: sent, failed: 0, lost: 0, doubled: 0, reordered: 0 };
}

declare global {
  /** In a page: resolves when it has said so much, with how much it was. */
  function whenSaid(count: number): Promise<number>;
}

/** Teaches a page what a test cannot do in time. */
function teach(): void {
  globalThis.whenSaid = (count) =>
    new Promise((resolve) => {
      const sent = document.querySelector("#up-sent") as Element;
      const observer = new MutationObserver(() => {
        const said = Number(sent.textContent);
        if (said < count) return;
        observer.disconnect();
        resolve(said);
      });
      observer.observe(sent, { childList: true, characterData: true, subtree: true });
    });
}

type View = "inbox" | "compare" | "laboratory" | "echo";

/** Somebody who looks at the page, and at the browser's complaints about it. */
export class Visitor implements AsyncDisposable {
  readonly page: Page;
  /** The conversation in the laboratory. */
  readonly log: Locator;
  readonly notices: Locator;
  /** Every error in the console, every exception, every request that failed. */
  readonly complaints: string[] = [];
  readonly #context: BrowserContext;

  constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    this.log = page.locator("#log");
    this.notices = page.locator("#notices > li");
    page.on("console", (message) => message.type() === "error" && this.complaints.push(message.text()));
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("requestfailed", (request) => this.complaints.push(`${request.url()} failed`));
    page.on("response", (response) => {
      if (response.status() >= 400) this.complaints.push(`${response.url()} ${response.status()}`);
    });
  }

  /** Opens the page in a browser of their own, and signs in. */
  static async open(browser: Browser, url: string, name = "Ada", view: View = "inbox"): Promise<Visitor> {
    const context = await browser.newContext();
    // Then it says what it waits for, before the test runs out of time.
    context.setDefaultTimeout(45_000);
    await context.addInitScript(teach);
    const visitor = new Visitor(context, await context.newPage());
    await visitor.page.goto(`${url}#${view}`);
    await visitor.signIn(name);
    return visitor;
  }

  /** Opens the laboratory, and waits for a link. */
  static async inLaboratory(browser: Browser, url: string): Promise<Visitor> {
    const visitor = await Visitor.open(browser, url, "Ada", "laboratory");
    await visitor.seesState("OPEN");
    return visitor;
  }

  /** Another tab of the same browser: nobody is asked there. */
  async secondTab(url: string): Promise<Visitor> {
    const visitor = this.also(await this.#context.newPage());
    await visitor.page.goto(url);
    return visitor;
  }

  /** The same browser, seen through another of its tabs. */
  also(page: Page): Visitor {
    return new Visitor(this.#context, page);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
  }

  async signIn(name: string): Promise<void> {
    await this.page.getByLabel("Your name").fill(name);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  go(view: string): Promise<void> {
    return this.page.getByRole("navigation").getByRole("link", { name: view }).click();
  }

  press(name: string): Promise<void> {
    return this.page.getByRole("button", { name, exact: true }).click();
  }

  /**
   * Begins a burst, and presses that button when 50 things have been said: the page does it, for on a busy machine a test comes when it is over.
   * How many had been said then.
   */
  async pressAmidBurst(name: string): Promise<number> {
    const pressed = this.page.getByRole("button", { name, exact: true }).evaluate(async (button) => {
      const said = await whenSaid(50);
      (button as HTMLElement).click();
      return said;
    });
    await this.press("Burst");
    return pressed;
  }

  /** Begins a burst, and loads the page again when 50 things have been said. */
  async reloadAmidBurst(): Promise<void> {
    await this.page.evaluate(() => void whenSaid(50).then(() => location.reload()));
    await this.press("Burst");
  }

  async say(text: string): Promise<void> {
    await this.page.getByLabel("Say something else").fill(text);
    await this.press("Say it");
  }

  /** Writes to somebody, or to everybody. */
  async compose(subject: string, to = ""): Promise<void> {
    await this.page.getByLabel("To", { exact: true }).fill(to);
    await this.page.getByLabel("Subject").fill(subject);
    await this.press("Send");
  }

  /** Waits until that notification is in the list. */
  receives(subject: string): Promise<void> {
    return this.#shown(this.notice(subject));
  }

  /** Waits until that notification is in the list as a read one. */
  hasRead(subject: string): Promise<void> {
    return this.#shown(this.page.locator("#notices > li:not([data-unread])", { hasText: subject }));
  }

  /** That notification in the list. */
  notice(subject: string | RegExp): Locator {
    return this.notices.filter({ hasText: subject });
  }

  /** Waits until words like these are somewhere to be seen. */
  sees(text: string | RegExp): Promise<void> {
    return this.#shown(this.page.getByText(text).filter({ visible: true }).first());
  }

  /** Waits until the big word is `name`. */
  seesState(name: string): Promise<void> {
    return this.#shown(this.page.locator("#state-name", { hasText: name }));
  }

  /** Waits until the conversation, from its first line to its last, matches. */
  reads(pattern: RegExp): Promise<void> {
    return this.#shown(this.log.filter({ hasText: pattern }));
  }

  /** How often the server sent `text` back. */
  echoes(text: string): Promise<number> {
    return this.log.locator(".heard", { hasText: text }).count();
  }

  /** The id of the session, once there is one. */
  async session(): Promise<string | null> {
    return this.page.locator("#fact-session", { hasNotText: "none yet" }).textContent();
  }

  /** What the ledger shows, once both ends have counted and nothing is on its way any more. */
  async checkedLedger(): Promise<{ readonly up: ShownRow; readonly down: ShownRow }> {
    await this.#shown(this.page.locator("#ledger-words", { hasText: /it is whole|was told|is wrong/ }));
    return { up: await this.row("up"), down: await this.row("down") };
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
    return this.#shown(this.page.locator("#up-sent", { hasText: pattern }));
  }

  /** One line of the ledger, as it is now. */
  async row(direction: "up" | "down"): Promise<ShownRow> {
    return {
      sent: await this.#number(`${direction}-sent`),
      received: await this.#number(`${direction}-received`),
      failed: await this.#number(`${direction}-failed`),
      lost: await this.#number(`${direction}-lost`),
      doubled: await this.#number(`${direction}-doubled`),
      reordered: await this.#number(`${direction}-reordered`),
    };
  }

  /** Waits for it; who waits in vain is told what there was instead. */
  async #shown(awaited: Locator): Promise<void> {
    try {
      await awaited.waitFor();
    } catch (cause) {
      const there = await this.page.locator("body").innerText();
      throw new Error(`${this.page.url()} shows:\n${[there, ...this.complaints].join("\n")}`, { cause });
    }
  }

  async #number(id: string): Promise<number> {
    return Number((await this.page.locator(`#${id}`).textContent())?.replaceAll(",", ""));
  }
}
