import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { makePage } from "../src/server/make-page.ts";
import { writePage } from "./page-folder.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder with the demo's page in it. */
    demoPage: string;
  }
}

/** Makes the page once, for all tests: on two cores that takes longer than most of them, and each file would do it anew. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-page-"));
  writePage(folder, await makePage());
  project.provide("demoPage", folder);
  return () => rmSync(folder, { recursive: true });
}
