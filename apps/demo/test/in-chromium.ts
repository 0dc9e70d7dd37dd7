import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";
import { isMissing, launch } from "./chromium.ts";

/**
 * Tests in a Chromium of theirs. Most of what they do is waiting, often for a network that is broken: they run side by side, each on a demo
 * of its own.
 */
export function inChromium(name: string, tests: (there: { readonly browser: Browser }) => void): void {
  describe.skipIf(isMissing)(name, { concurrent: true }, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await launch();
    });
    afterAll(() => browser?.close());
    tests({
      get browser() {
        if (!browser) throw new Error("it is there while a test runs");
        return browser;
      },
    });
  });
}
