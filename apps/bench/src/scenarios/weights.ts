import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { imports } from "../report/bundle.ts";
import type { Row, Scenario } from "../scenario.ts";

const here = fileURLToPath(new URL("..", import.meta.url));
/** So many files have a line of their own. */
const told = 16;
const measured = ["holdfast connect", "holdfast createClient"];

/** What a page that loads ours is made of: minified and not compressed, for compression knows no parts. */
export const weights: Scenario = {
  name: "parts of a bundle: minified",
  must: "tell where kilobytes go",
  async run() {
    const rows: Row[] = [];
    for (const figure of measured) {
      const parts = (await partsOf(imports[figure] as string)).toSorted((a, b) => b.bytes - a.bytes);
      const row = (who: string, some: readonly Part[]): Row => ({
        who,
        figure,
        value: some.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000,
        unit: "kB",
      });
      rows.push(row("all", parts));
      for (const part of parts.slice(0, told)) rows.push(row(part.name, [part]));
      const rest = parts.slice(told);
      rows.push(row(`${rest.length} others`, rest));
    }
    return rows;
  },
};

/** One file of ours. */
interface Part {
  readonly name: string;
  readonly bytes: number;
}

async function partsOf(code: string): Promise<readonly Part[]> {
  const { metafile } = await build({
    stdin: { contents: code, resolveDir: here },
    absWorkingDir: here,
    conditions: ["@holdfast/source"],
    bundle: true,
    minify: true,
    format: "esm",
    metafile: true,
    write: false,
  });
  return Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput)
    .map(([file, { bytesInOutput }]) => ({
      name: file.replace(/^.*packages\/(\w+)\/src\//, "$1/"),
      bytes: bytesInOutput,
    }));
}
