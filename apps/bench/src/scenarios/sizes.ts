import { gzipSync } from "node:zlib";
import { bundle, imports } from "../report/bundle.ts";
import type { Row, Scenario } from "../scenario.ts";

const mustKb: Readonly<Record<string, number>> = { "holdfast connect": 4, "holdfast createClient": 8 };

/** What a page loads: one bundle of each, minified and gzipped. */
export const sizes: Scenario = {
  name: "bundle sizes: minified, gzip",
  must: "connect at most 4 kB, createClient at most 8 kB",
  async run() {
    const rows: Row[] = [];
    for (const [who, code] of Object.entries(imports)) {
      const value = gzipSync(await bundle(code), { level: 9 }).length / 1_000;
      const must = mustKb[who];
      rows.push({ who, value, unit: "kB", ...(must !== undefined && { isFine: value <= must }) });
    }
    return rows;
  },
};
