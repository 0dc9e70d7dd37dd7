import { fileURLToPath } from "node:url";
import { build, defaultClientConditions, type Rolldown } from "vite";

const root = fileURLToPath(new URL("../page", import.meta.url));

/** What a browser may ask for, by path. */
export type PageFiles = ReadonlyMap<string, string | Uint8Array>;

/** Makes the page of its TypeScript. A browser would ask for every module by itself: together they are there at once. */
export async function makePage(): Promise<PageFiles> {
  const { output } = (await build({
    root,
    configFile: false,
    envDir: false,
    logLevel: "error",
    resolve: { conditions: ["@holdfast/source", ...defaultClientConditions] },
    // As it is written, and nothing inline.
    build: { write: false, minify: false, sourcemap: true, modulePreload: false, assetsInlineLimit: 0 },
  })) as Rolldown.RolldownOutput;
  return new Map(output.map((file) => [`/${file.fileName}`, "code" in file ? file.code : file.source]));
}
