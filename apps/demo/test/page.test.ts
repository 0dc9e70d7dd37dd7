import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserArgs, findBrowser, howToInstall } from "../../../scripts/browser.ts";
import { type Demo, startDemo } from "../src/demo.ts";
import { Visitor } from "./visitor.ts";

const executablePath = findBrowser();
if (!executablePath) console.warn(`SKIPPED: the demo in a browser. To run it, ${howToInstall}.`);

const start = (closeAfterMs?: number): Promise<Demo> => startDemo({ port: 0, closeAfterMs, print: () => {} });

describe.skipIf(!executablePath)("the page, in a real browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: browserArgs });
  });
  afterAll(() => browser?.close());

  test("opens, says hello and hears it back", async () => {
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.seesState("OPEN");
    await visitor.reads(/Hello from my first live web socket!.*came back after \d+ ms/);
    expect(await visitor.echoes("Hello from my first live web socket!")).toBe(1);
    expect(visitor.complaints).toEqual([]);
  });

  test("is open again after a cut", async () => {
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.seesState("OPEN");
    await visitor.press("Cut the link");
    await visitor.reads(/You cut every link.*CONNECTING.*attempt \d in \d\.\d s.*OPEN/);
    await visitor.seesState("OPEN");
    await visitor.say("hello again");
    await visitor.reads(/the server, link \d+, saying 1.*hello again.*the server, link \d+, saying 1/);
    expect(visitor.complaints).toEqual([]);
  });

  test("finds a black hole, and what was said meanwhile arrives once when it is healed", async () => {
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.seesState("OPEN");
    await visitor.press("Black-hole it");
    await visitor.seesState("CONNECTING");
    await visitor.say("said in the dark");
    await visitor.reads(/said in the dark.*waits in the outbox/);
    await visitor.page.getByText(/^[1-9]\d* bytes$/).waitFor();
    await visitor.press("Heal");
    await visitor.reads(/You healed the network.*OPEN/);
    await visitor.say("the last word");
    await visitor.reads(/the last word.*the last word/);
    expect(await visitor.echoes("said in the dark")).toBe(1);
    expect(visitor.complaints).toEqual([]);
  });

  test("comes back when the demo was started again, though the socket has another port then", async () => {
    await using first = await start();
    await using visitor = await Visitor.open(browser, first.url);
    await visitor.seesState("OPEN");
    await first[Symbol.asyncDispose]();
    await using second = await startDemo({ port: Number(new URL(first.url).port), print: () => {} });
    await visitor.reads(/OPEN.*CONNECTING.*OPEN/);
    expect(second.proxy.port).not.toBe(first.proxy.port);
  });

  test("finds out by itself that the server is lost", async () => {
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.seesState("OPEN");
    await visitor.press("Lose the server");
    await visitor.reads(/nobody was told.*CONNECTING.*OPEN/);
    expect(visitor.complaints).toEqual([]);
  });

  test("closes politely on the button, and connects again on the other", async () => {
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.seesState("OPEN");
    await visitor.press("Close politely");
    await visitor.seesState("CLOSED");
    await visitor.reads(/CLOSING.*CLOSED.*1000 "that was my first live web socket"/);
    await visitor.press("Connect again");
    await visitor.seesState("OPEN");
    await visitor.press("Say hello");
    await expect.poll(() => visitor.echoes("Hello from my first live web socket!")).toBe(2);
    expect(visitor.complaints).toEqual([]);
  });

  test("closes politely by itself when its time is up", async () => {
    await using demo = await start(500);
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.reads(/OPEN.*CLOSING.*CLOSED.*1000/);
    expect(visitor.complaints).toEqual([]);
  });

  test("stays open on request, and closes in time on another", async () => {
    await using demo = await start();
    await using visitor = await Visitor.open(browser, demo.url);
    await visitor.page.getByText(/Closes politely in \d+ s/).waitFor();
    await visitor.press("Keep it open");
    await visitor.page.getByText("Stays open until you close it.").waitFor();
    await visitor.press("Close it in time");
    await visitor.page.getByText(/Closes politely in \d+ s/).waitFor();
    expect(visitor.complaints).toEqual([]);
  });
});
