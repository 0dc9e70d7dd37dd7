import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Sessions for pages: `fine`, and one over each fault. */
    sessionUrls: Readonly<Record<string, string>>;
  }
}

/** The session server that tests in a browser talk to, and the proxies that break what is between them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const program = fileURLToPath(new URL("../packages/server/test/trial/serve.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=@holdfast/source", program], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  project.provide("sessionUrls", JSON.parse(String(line)) as Record<string, string>);
  return async () => {
    child.stdin.end();
    await once(child, "exit");
  };
}
