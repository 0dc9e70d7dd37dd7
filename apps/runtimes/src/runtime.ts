import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Report } from "./report.ts";

/** How a runtime is started. What is not installed npx fetches, and not this repository's lockfile: nobody else needs it. */
export const commands: Readonly<Record<string, readonly [command: string, ...args: string[]]>> = {
  node: [process.execPath, "--conditions=@holdfast/source"],
  bun: ["npx", "-y", "bun@1", "--conditions=@holdfast/source"],
  deno: ["npx", "-y", "deno@2", "run", "--quiet", "--allow-all", "--conditions=@holdfast/source"],
};

const client = fileURLToPath(new URL("client.ts", import.meta.url));

/** Runs the client in a runtime, for so many seconds. Throws what it wrote to its errors if it did not end well. */
export function runIn(runtime: string, url: string, seconds: number): Promise<Report> {
  const [command = "", ...args] = commands[runtime] ?? [];
  const child = spawn(command, [...args, client, url, String(seconds)], { timeout: (seconds + 120) * 1_000 });
  let output = "";
  let errors = "";
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (errors += data));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(output) as Report);
      else reject(new Error(`${runtime} ended with ${code}: ${errors}`));
    });
  });
}
