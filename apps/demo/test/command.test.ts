import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { networked } from "../src/shared/socket-paths.ts";
import { Person } from "./person.ts";
import { TemporaryFolder } from "./quiet-demo.ts";
import { atHomeIn, command, DemoProcess } from "./run-demo.ts";

const holder = createServer();
let taken: number;
beforeAll(async () => {
  holder.listen(0, "127.0.0.1");
  await once(holder, "listening");
  taken = (holder.address() as AddressInfo).port;
});
afterAll(() => holder.close());

test("a port that is taken is one clear line and exit code 1", async () => {
  await using demo = new DemoProcess("--port", String(taken));
  const errors = `Port ${taken} is in use: stop what listens there, or choose another with --port\n`;
  expect(await demo.end()).toEqual({ code: 1, errors });
});

test("a port that is none, or an option that is none, is said so", async () => {
  await using word = new DemoProcess("--port", "http");
  const errors = '--port must be a number from 0 to 65535, but is "http"\n';
  expect(await word.end()).toEqual({ code: 1, errors });
  await using option = new DemoProcess("--prot", "1");
  const { code, errors: unknown } = await option.end();
  expect([code, unknown]).toEqual([1, expect.stringMatching(/Unknown option '--prot'[^]*Usage:/)]);
});

test("it says what it can be told, starts nothing, and ends", async () => {
  await using demo = new DemoProcess("--help");
  expect(await demo.end()).toEqual({ code: 0, errors: "" });
  expect(demo.lines[0]).toBe("Usage: npx -y pnpm@12 demo [--port N] [--data DIR]");
  expect(demo.lines.filter((line) => /^ {2}--\w+/.test(line))).toHaveLength(3);
});

test("it says in a line each what runs and where the data are, tells the mailbox's life, and leaves nothing behind", async () => {
  await using demo = new DemoProcess("--port", "0");
  const url = await demo.printed(/^Open (\S+)$/);
  const opened = demo.lines.indexOf(`Open ${url}`);
  const folder = join(
    demo.home.path,
    ...(process.platform === "darwin" ? ["Library", "Application Support"] : []),
    "holdfast-demo",
  );
  expect(demo.lines.slice(0, opened)).toEqual([
    "Starting the demo ...",
    expect.stringMatching(/^ {2}server {3}@holdfast\/server on 127\.0\.0\.1:\d+\/live/),
    `  store    SQLite in ${folder}`,
    expect.stringMatching(/^ {2}proxy {4}on 127\.0\.0\.1:\d+\/network\/live: /),
    expect.stringContaining(`  mailbox  @holdfast/node, watches ${join(folder, "mail")}`),
    expect.stringMatching(/^ {2}page {5}@holdfast\/browser/),
  ]);
  expect(await (await fetch(url)).text()).toContain("<title>Holdfast");
  await demo.printed(/mailbox {2}mail from .+/);
  await demo.printed(/mailbox {2}skipped malformed\.eml/);

  const { ends } = await aLink(url);
  demo.interrupt();
  // A drain's: who hears it comes back, and does not wait first.
  expect(await ends).toEqual([4200, "the server stops"]);
  expect(await demo.end()).toEqual({ code: 0, errors: "" });
  expect(demo.lines.at(-1)).toContain("CLOSED: 1000");
  await expect(fetch(url)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
});

test("in a black hole it stops as politely", async () => {
  await using demo = new DemoProcess("--port", "0");
  const url = await demo.printed(/^Open (\S+)$/);
  await demo.printed(/OPEN/);
  const ada = await Person.signIn(url, "Ada");
  expect(await ada.cause("blackhole")).toEqual({ network: "blackhole" });
  demo.interrupt();
  expect(await demo.end()).toEqual({ code: 0, errors: "" });
  expect(demo.lines.at(-1)).toContain("CLOSED: 1000");
});

test("a second demo on the same data is one clear line and exit code 1, and the first goes on", async () => {
  using data = new TemporaryFolder();
  await using first = new DemoProcess("--port", "0", "--data", data.path);
  const url = await first.printed(/^Open (\S+)$/);
  await using second = new DemoProcess("--port", "0", "--data", data.path);
  const file = join(data.path, "notifications.sqlite");
  const errors = `Another demo uses ${file}: choose another folder with --data\n`;
  expect(await second.end()).toEqual({ code: 1, errors });
  // What it has written is still there, and it goes on.
  expect((await fetch(url)).status).toBe(200);
  await expect.poll(() => readFileSync(join(data.path, "access.log"), "utf8")).toMatch(/^\d.* GET \/ 200 /);
});

test("a folder that is none, or data that nobody understands, is one clear line", async () => {
  await using none = new DemoProcess("--port", "0", "--data", "");
  expect(await none.end()).toEqual({ code: 1, errors: "--data must name a folder\n" });
  using data = new TemporaryFolder();
  writeFileSync(
    join(data.path, "notifications.sqlite"),
    "This is no database, and was never meant to be one. ".repeat(50),
  );
  await using broken = new DemoProcess("--port", "0", "--data", data.path);
  const { code, errors } = await broken.end();
  expect([code, errors]).toEqual([
    1,
    expect.stringMatching(/^.*notifications\.sqlite cannot be used \(.*\n$/),
  ]);
});

test("a terminal that is closed, also before it has begun, ends it with nothing left", async () => {
  using data = new TemporaryFolder();
  await using demo = new DemoProcess("--port", "0", "--data", data.path);
  await demo.printed(/^Starting/);
  demo.hangUp();
  expect((await demo.end()).code).toBe(0);
  expect(readdirSync(data.path).toSorted()).toEqual(["access.log", "mail", "notifications.sqlite"]);
});

test.runIf(process.platform !== "win32")(
  "it stops when what started it was killed: nobody else would stop it",
  async () => {
    using home = new TemporaryFolder();
    const started = [process.execPath, ...command].map((word) => `"${word}"`).join(" ");
    const parent = spawn("sh", ["-c", `${started} --port 0 & wait`], {
      stdio: ["ignore", "pipe", "inherit"],
      env: atHomeIn(home.path),
    });
    // Not before the demo itself has let go of the pipe.
    const gone = once(parent, "close");
    let url = "";
    for await (const line of createInterface(parent.stdout)) {
      [, url = ""] = /^Open (\S+)$/.exec(line) ?? [];
      if (url) break;
    }
    const { ends } = await aLink(url);
    parent.kill("SIGKILL");
    expect(await ends).toEqual([4200, "the server stops"]);
    parent.stdout.resume();
    await gone;
  },
);

/** Opens a link to the demo at `url` that says nothing; gives how it ends. */
async function aLink(
  url: string,
): Promise<{ readonly ends: Promise<readonly [code: number, reason: string]> }> {
  const link = new WebSocket(new URL(networked.live, url), "holdfast.1");
  const closed = once(link, "close");
  await once(link, "open");
  return { ends: closed.then(([code, reason]) => [Number(code), String(reason)]) };
}
