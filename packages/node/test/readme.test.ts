import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const here = join(import.meta.dirname, "..");

/** The first TypeScript of a page. */
function firstExample(page: string): string {
  const [, code] = /```ts\n([\s\S]*?)```/.exec(readFileSync(page, "utf8")) ?? [];
  if (!code) throw new Error(`${page} has no example`);
  return code;
}

describe("the README's first twenty lines", () => {
  it("run as they stand: connect, lose the link, go on, close", () => {
    const code = firstExample(join(here, "../../README.md"));
    expect(code.split("\n").filter((line) => line.trim()).length).toBeLessThanOrEqual(20);
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ["--conditions=@holdfast/source", "--input-type=module-typescript", "--eval", code],
      { cwd: here, encoding: "utf8", timeout: 15_000 },
    );
    expect({ stdout, status, stderr: stderr.includes("link lost") }).toEqual({
      stdout: [
        "OPEN open",
        "echo: Hello from my first live web socket!",
        "CONNECTING waiting",
        "CONNECTING dialing",
        "OPEN open",
        "echo: still here",
        "CLOSING closing",
        "CLOSED ended",
        "",
      ].join("\n"),
      status: 0,
      stderr: true,
    });
  });
});
