import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { pageSurroundings } from "../src/surroundings.ts";

async function run(program: string): Promise<string> {
  const flags = [
    "--no-experimental-websocket",
    "--conditions=@holdfast/source",
    "--disable-warning=ExperimentalWarning",
  ];
  const child = spawn(process.execPath, [...flags, "--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return output + errors;
}

const source = (name: string): string => JSON.stringify(new URL(`../src/${name}.ts`, import.meta.url).href);

test("importing touches no global of a page", async () => {
  const output = await run(`
    const names = ["WebSocket", "window", "self", "document", "navigator", "location", "addEventListener", "sessionStorage", "localStorage"];
    for (const name of names) {
      Object.defineProperty(globalThis, name, { configurable: true, get() { throw new Error("touched " + name) } });
    }
    await import(${source("index")});
    const { browserTransport } = await import(${source("transport")});
    const { pageSurroundings } = await import(${source("surroundings")});
    browserTransport();
    pageSurroundings();
    console.log("untouched");
  `);
  expect(output).toBe("untouched\n");
});

test("without a WebSocket, dial says so", async () => {
  const output = await run(`
    const { browserTransport } = await import(${source("transport")});
    try {
      browserTransport().dial({ url: "ws://127.0.0.1/", protocols: [] }, {});
    } catch (error) {
      console.log(String(error));
    }
  `);
  expect(output).toMatch(/^Error: no WebSocket here: .*\n$/);
});

test("where there is no page there is nothing to notice", () => {
  const undo = pageSurroundings().watch(() => expect.unreachable());
  undo();
  undo();
});
