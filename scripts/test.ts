import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBrowser, howToInstall } from "./browser.ts";
import { ensureFirefox, howToInstallFirefox } from "./firefox.ts";
import { ensurePython, howToInstallPython } from "./python.ts";

// `pnpm test`: everything, in Node and in real browsers, and a verdict line.
const browser = ensureBrowser();
const firefox = ensureFirefox();
const python = ensurePython();
const browsers = `${browser ?? "no browser"}, ${firefox ?? "no Firefox"}`;
console.log(`Testing Holdfast in Node ${process.version}, ${browsers} and ${python ?? "no Python"} ...`);

const folder = mkdtempSync(join(tmpdir(), "holdfast-test-"));
const report = join(folder, "report.json");
const { status } = spawnSync(
  "vitest",
  ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...process.argv.slice(2)],
  { stdio: "inherit" },
);

let passed = 0;
let failed = 0;
let skipped = 0;
try {
  const counts = JSON.parse(readFileSync(report, "utf8")) as Record<string, number>;
  passed = counts["numPassedTests"] ?? 0;
  failed = counts["numFailedTests"] ?? 0;
  skipped = (counts["numPendingTests"] ?? 0) + (counts["numTodoTests"] ?? 0);
} catch {
  console.log("No report: the test runner did not come to its end.");
}
rmSync(folder, { recursive: true });

// A run can fail without a failed test: an unhandled error, a file that cannot be loaded.
if (status !== 0 && failed === 0) failed = 1;
if (!browser) console.log(`SKIPPED: every test that needs a browser. To run them, ${howToInstall}.`);
if (!firefox) console.log(`SKIPPED: every test that needs Firefox. To run them, ${howToInstallFirefox}.`);
if (!python)
  console.log(
    `SKIPPED: every test against the implementation in Python. To run them, ${howToInstallPython}.`,
  );
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed ? 1 : 0;
