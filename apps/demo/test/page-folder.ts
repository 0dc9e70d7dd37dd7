import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { PageFiles } from "../src/server/make-page.ts";

/** Writes the page into that folder. */
export function writePage(folder: string, files: PageFiles): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** The page that is in that folder. */
export function readPage(folder: string): PageFiles {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(
    paths.map((path) => [`/${relative(folder, path).replaceAll(sep, "/")}`, readFileSync(path)] as const),
  );
}
