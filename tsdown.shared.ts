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
  outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
};
