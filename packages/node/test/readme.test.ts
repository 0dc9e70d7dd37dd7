import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const here = join(import.meta.dirname, "..");

/** The first TypeScript of a section. */
function exampleOf(title: string, page = "README.md"): string {
  const text = readFileSync(join(here, "../..", page), "utf8");
  const [, section = ""] = text.split(`\n## ${title}\n`);
  const [, code] = /```ts\n([\s\S]*?)```/.exec(section) ?? [];
  if (!code) throw new Error(`${title} has no example`);
  return code;
}

function run(code: string): { stdout: string; stderr: string; status: number | null } {
  return spawnSync(
    process.execPath,
    ["--conditions=@holdfast/source", "--input-type=module-typescript", "--eval", code],
    { cwd: here, encoding: "utf8", timeout: 45_000 },
  );
}

describe("the README's first twenty lines", () => {
  it("run as they stand: connect, lose the link, go on, close", () => {
    const code = exampleOf("The first twenty lines");
    expect(code.split("\n").filter((line) => line.trim()).length).toBeLessThanOrEqual(20);
    const { stdout, stderr, status } = run(code);
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

describe("the README's session", () => {
  it("runs as it stands: both ends, another link, and an end", () => {
    const { stdout, status } = run(exampleOf("A session"));
    const lines = stdout.split("\n");
    expect(lines.toSorted()).toEqual(
      ["news: CONNECT ONCE, AND BE TOLD", "hello", "1", "2", "3", ""].toSorted(),
    );
    expect([lines.indexOf("hello") < lines.indexOf("1"), status]).toEqual([true, 0]);
  });
});

describe("the guide for who comes from Socket.IO", () => {
  it("has a chat that runs as it stands: a room, an error of the contract, who is left, an end", () => {
    const { stdout, stderr, status } = run(exampleOf("Socket.IO", "docs/coming-from.md"));
    // What two clients hear is in no order.
    expect(stdout.split("\n").toSorted()).toEqual(
      [
        "1 2",
        "ada: two sugars",
        "{ ok: false, error: { code: 'FULL', data: { most: 2 } } }",
        "tea: 1 left",
        "tea: 0 left",
        "",
      ].toSorted(),
    );
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  });
});
