import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { DemoProcess } from "./run-demo.ts";

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

test("it prints the address, answers there, tells the service's life, and leaves nothing behind", async () => {
  await using demo = new DemoProcess("--port", "0");
  const url = await demo.printed(/^Open (\S+)$/);
  expect(demo.lines[0]).toBe("Starting the demo ...");
  expect(await (await fetch(url)).text()).toContain("My first live web socket");
  await demo.printed(/service {2}hears "Hello from the Node service!" back/);

  const { socketUrl } = (await (await fetch(`${url}api/demo`)).json()) as { socketUrl: string };
  const link = new WebSocket(socketUrl, "holdfast.1");
  await once(link, "open");
  const goodbye = once(link, "close");
  demo.interrupt();
  const [code, reason] = await goodbye;
  expect([code, String(reason)]).toEqual([1001, "the server stops"]);
  expect(await demo.end()).toEqual({ code: 0, errors: "" });
  expect(demo.lines.at(-1)).toContain("CLOSED: 1000");
  await expect(fetch(url)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  await expect(once(new WebSocket(socketUrl), "open")).rejects.toMatchObject({ code: "ECONNREFUSED" });
}, 15_000);

test("in a black hole it stops as politely", async () => {
  await using demo = new DemoProcess("--port", "0");
  const url = await demo.printed(/^Open (\S+)$/);
  await demo.printed(/OPEN/);
  const origin = new URL(url).origin;
  const answer = await fetch(`${url}api/fault/blackhole`, { method: "POST", headers: { origin } });
  expect(await answer.json()).toEqual({ network: "blackhole" });
  demo.interrupt();
  expect(await demo.end()).toEqual({ code: 0, errors: "" });
  expect(demo.lines.at(-1)).toContain("CLOSED: 1000");
}, 10_000);

test.runIf(process.platform !== "win32")(
  "it stops when what started it was killed: nobody else would stop it",
  async () => {
    const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
    const parent = spawn(
      "sh",
      ["-c", `"${process.execPath}" --conditions=@holdfast/source "${main}" --port 0 & wait`],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    let url: string | undefined;
    for await (const line of createInterface(parent.stdout)) {
      [, url] = /^Open (\S+)$/.exec(line) ?? [];
      if (url) break;
    }
    const { socketUrl } = (await (await fetch(`${url}api/demo`)).json()) as { socketUrl: string };
    const link = new WebSocket(socketUrl, "holdfast.1");
    await once(link, "open");
    const goodbye = once(link, "close");
    parent.kill("SIGKILL");
    const [code] = await goodbye;
    expect(code).toBe(1001);
  },
  15_000,
);
