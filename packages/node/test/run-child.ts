import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** Runs a program of its own to its end, with `transport` and a silent `listener` in reach. */
export async function runChild(
  program: string,
): Promise<{ code: number | null; output: string; errors: string }> {
  const prelude = `
    import { nodeTransport } from ${JSON.stringify(new URL("../src/transport.ts", import.meta.url).href)};
    const listener = { opened() {}, message() {}, heard() {}, closed() {} };
  `;
  const args = [
    "--conditions=@holdfast/source",
    "--input-type=module",
    "--disable-warning=ExperimentalWarning",
    "--eval",
    prelude + program,
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { code, output, errors };
}
