import { availableParallelism } from "node:os";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig, type TestProjectConfiguration } from "vitest/config";
import { browserArgs, findBrowser } from "./scripts/browser.ts";

// Everything is tested from source: no build stands between a change and its test.
const conditions = ["@holdfast/source"];
const executablePath = findBrowser();

// For what hangs, and nothing else: whatever is about time is tested in virtual time, and a machine may be slow, and busy.
const patience = { testTimeout: 120_000, hookTimeout: 60_000, expect: { poll: { timeout: 30_000 } } };

const node: TestProjectConfiguration = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: "node",
    include: ["{packages,apps}/*/test/**/*.test.ts", "scripts/**/*.test.ts"],
    exclude: ["apps/demo/**", "**/*.browser.test.ts", "**/node_modules/**"],
    ...patience,
  },
};

const demo: TestProjectConfiguration = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: "demo",
    include: ["apps/demo/test/**/*.test.ts"],
    globalSetup: ["./apps/demo/test/made-page.ts"],
    ...patience,
  },
};

const browser: TestProjectConfiguration = {
  resolve: { conditions },
  test: {
    name: "browser",
    ...patience,
    include: ["packages/*/test/**/*.browser.test.ts"],
    globalSetup: ["./scripts/echo-server.ts", "./scripts/session-server.ts"],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath: executablePath ?? "", args: browserArgs } }),
      instances: [{ browser: "chromium" }],
    },
  },
};

export default defineConfig({
  // Most of a test's time in a browser is waiting: on two cores, two workers would wait with it.
  test: {
    projects: executablePath ? [node, demo, browser] : [node, demo],
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // Side by side in one file is what waits for a network; more of it would wait for a processor.
    maxConcurrency: 3,
  },
});
