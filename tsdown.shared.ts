import type { UserConfig } from "tsdown";

/** What every package is built with: ESM, one bundled `.d.ts` per entry. */
export const shared: UserConfig = {
  format: "esm",
  platform: "neutral",
  target: "es2022",
  dts: true,
  sourcemap: true,
  clean: true,
  report: false,
  failOnWarn: true,
  deps: { neverBundle: [/^node:/] },
  // Connection and others are AsyncDisposable, which the library of TypeScript's default target lacks.
  banner: { dts: '/// <reference lib="esnext.disposable" />' },
  outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
};
