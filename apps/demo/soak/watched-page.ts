import type { Browser, CDPSession } from "playwright-core";
import { Visitor } from "../test/visitor.ts";
import type { Result } from "./result.ts";

/** The real page in a real browser, that says ten things a second in its laboratory. */
export class WatchedPage implements AsyncDisposable {
  readonly #visitor: Visitor;
  readonly #devtools: CDPSession;

  private constructor(visitor: Visitor, devtools: CDPSession) {
    this.#visitor = visitor;
    this.#devtools = devtools;
  }

  static async open(browser: Browser, url: string): Promise<WatchedPage> {
    const visitor = await Visitor.inLaboratory(browser, url);
    const devtools = await visitor.page.context().newCDPSession(visitor.page);
    await devtools.send("Performance.enable");
    return new WatchedPage(visitor, devtools);
  }

  /** Speaks from now on. */
  start(): Promise<void> {
    return this.#steady.check();
  }

  /** What the page holds, after a collection. */
  async measure(): Promise<{ readonly heapBytes: number; readonly nodes: number }> {
    await this.#devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await this.#devtools.send("Performance.getMetrics");
    const metric = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN;
    return { heapBytes: metric("JSHeapUsedSize"), nodes: metric("Nodes") };
  }

  /** Says nothing more, waits until everything has been said and counted, and tells what the page shows of it. */
  async settle(withinMs: number): Promise<Result> {
    await this.#steady.uncheck();
    this.#visitor.page.setDefaultTimeout(withinMs);
    const trouble = await this.#visitor.checkedLedger().then(() => undefined, String);
    const [up, down] = [await this.#visitor.row("up"), await this.#visitor.row("down")];
    return { name: "page", up, down, ...(await this.#visitor.counts()), trouble };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#visitor[Symbol.asyncDispose]();
  }

  get #steady() {
    return this.#visitor.page.getByLabel("Say 10 things a second");
  }
}
