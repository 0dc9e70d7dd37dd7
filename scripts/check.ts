import { readdirSync } from "node:fs";
import { findBrowser, howToInstall } from "./browser.ts";
import { type Check, runAll } from "./run.ts";

// What CI checks besides the tests. One name a line; `pnpm check format lint` runs only those.
const packages = readdirSync("packages");
const node = (script: string, ...args: string[]): string[] => [
  process.execPath,
  `scripts/${script}`,
  ...args,
];
const fromSource = (program: string, ...args: string[]): string[] => [
  process.execPath,
  "--conditions=@holdfast/source",
  program,
  ...args,
];
const hasBrowser = findBrowser() !== undefined;

const checks: readonly Check[] = [
  { name: "format", command: ["oxfmt", "--check"] },
  { name: "lint", command: ["oxlint", "--type-aware", "--deny-warnings"] },
  { name: "types", command: ["turbo", "run", "types", "--output-logs=errors-only"] },
  { name: "pure core", command: ["tsc", "-p", "packages/core/tsconfig.pure.json"] },
  { name: "pure server", command: ["tsc", "-p", "packages/server/tsconfig.pure.json"] },
  { name: "unused", command: ["knip"] },
  { name: "workspace", command: ["sherif"] },
  { name: "build", command: ["turbo", "run", "build", "--output-logs=errors-only"] },
  ...packages.map((name) => ({
    name: `package ${name}`,
    command: ["publint", "run", `packages/${name}`, "--strict"],
  })),
  { name: "declarations", command: node("declarations.ts") },
  { name: "size", command: ["size-limit"] },
  { name: "figures", command: fromSource("apps/bench/src/main.ts", "--short") },
  // Half a minute of what `pnpm soak` does for ten.
  ...(hasBrowser ? [{ name: "soak", command: fromSource("apps/demo/soak/main.ts", "--seconds", "30") }] : []),
  { name: "lockfile", command: node("lockfile.ts") },
];

const wanted = process.argv.slice(2);
const chosen = wanted.length
  ? checks.filter(({ name }) => wanted.some((word) => name.startsWith(word)))
  : checks;
if (!hasBrowser) console.log(`SKIPPED: soak, for its page needs a browser. To run it, ${howToInstall}.`);
process.exitCode = runAll(chosen);
