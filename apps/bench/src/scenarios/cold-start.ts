import { chromium } from "playwright-core";
import { browserArgs, findBrowser } from "../../../../scripts/browser.ts";
import { holdfast } from "../peers/holdfast.ts";
import { socketIo } from "../peers/socket-io.ts";
import { bundle } from "../report/bundle.ts";
import { summarise } from "../report/summary.ts";
import type { Row, Scenario } from "../scenario.ts";

const rounds = 9;

/** What a page does to have a client: a module that makes one, and tells when it is open. */
const starts = [
  { who: "holdfast createClient", peer: holdfast, page: "holdfast.ts" },
  { who: "socket.io-client", peer: socketIo("plain"), page: "socket-io.ts" },
];

/** A fresh page in Chromium: to parse and run the module, to have a client, to have an open one. */
export const coldStart: Scenario = {
  name: "cold start in Chromium: module loaded and run, client made, client open",
  must: "nothing",
  async run() {
    const executablePath = findBrowser();
    if (executablePath === undefined) {
      console.log("  SKIPPED: no browser; set HOLDFAST_BROWSER");
      return [];
    }
    const browser = await chromium.launch({ executablePath, args: browserArgs });
    const rows: Row[] = [];
    try {
      for (const { who, peer, page: file } of starts) {
        const server = await peer.serve(() => {});
        // The page that dials is of the same host, as its server wants it.
        server.http.on("request", (_, response) => {
          if (!response.headersSent)
            response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html>");
        });
        const module = await bundle(`export * from "../page/${file}";`);
        const values: (readonly [number, number, number])[] = [];
        for (let round = 0; round <= rounds; round++) {
          const page = await browser.newPage();
          await page.goto(server.url.replace("ws:", "http:"));
          const value = await page.evaluate(measure, [module, server.url] as const);
          // The first warms up the browser.
          if (round > 0) values.push(value);
          await page.close();
        }
        server.cut();
        for (const [at, figure] of ["module", "client made", "client open"].entries()) {
          const { median, spread } = summarise(values.map((value) => value[at] ?? NaN));
          rows.push({ who, figure, value: median, unit: "ms", spread });
        }
      }
    } finally {
      await browser.close();
    }
    return rows.toSorted((a, b) => String(b.figure).localeCompare(String(a.figure)));
  },
};

/** Runs in the page. */
async function measure([module, url]: readonly [string, string]): Promise<readonly [number, number, number]> {
  const address = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  const startedAt = performance.now();
  const { start } = (await import(address)) as { start(url: string, opened: () => void): void };
  const loadedAt = performance.now();
  let madeAt = 0;
  await new Promise<void>((resolve) => {
    start(url, resolve);
    madeAt = performance.now();
  });
  return [loadedAt - startedAt, madeAt - loadedAt, performance.now() - startedAt];
}
