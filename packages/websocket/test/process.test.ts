import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";

/** Runs a program to its end, with our class and `ws` in reach; it prints how long it lived after `close()`, in milliseconds. */
async function runChild(program: string): Promise<{ code: number | null; lived: number; errors: string }> {
  const prelude = `
    import { ReconnectingWebSocket } from ${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)};
    import { WebSocket as Ws } from ${JSON.stringify(import.meta.resolve("ws"))};
    const close = (socket) => {
      const at = performance.now();
      socket.close();
      process.on("exit", () => console.log(Math.round(performance.now() - at)));
    };
  `;
  const args = [
    "--conditions=@holdfast/source",
    "--input-type=module",
    "--disable-warning=ExperimentalWarning",
    "--eval",
    prelude + program,
  ];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
    cwd: import.meta.dirname,
  });
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { code, lived: Number(output), errors };
}

/** A server that accepts and says nothing. */
async function silentServer(): Promise<Server> {
  const server = createServer((socket) => socket.on("error", () => {}).resume()).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function refusedUrl(): Promise<string> {
  const server = await silentServer();
  const { port } = server.address() as AddressInfo;
  server.close();
  return `ws://127.0.0.1:${port}/`;
}

test.each(["undefined", "Ws"])(
  "after close() in a wait of an hour the process ends at once (%s)",
  async (WebSocket) => {
    const child = await runChild(`
    const socket = new ReconnectingWebSocket("${await refusedUrl()}", [], {
      WebSocket: ${WebSocket}, minReconnectionDelay: 3_600_000, maxReconnectionDelay: 3_600_000,
    });
    socket.addEventListener("close", () => setImmediate(close, socket), { once: true });
  `);
    expect(child).toMatchObject({ code: 0, errors: "" });
    // The peers stay for the whole wait.
    expect(child.lived).toBeLessThan(500);
  },
);

test.each(["undefined", "Ws"])(
  "after close() while it connects the process ends at once (%s)",
  async (WebSocket) => {
    const silent = await silentServer();
    const child = await runChild(`
    const url = "ws://127.0.0.1:${(silent.address() as AddressInfo).port}/";
    const socket = new ReconnectingWebSocket(url, [], { WebSocket: ${WebSocket}, connectionTimeout: 3_600_000 });
    setImmediate(close, socket);
  `);
    silent.close();
    expect(child).toMatchObject({ code: 0, errors: "" });
    expect(child.lived).toBeLessThan(500);
  },
);

test("pladaria/reconnecting-websocket#183: with ws a connect timeout does not crash the process", async () => {
  const silent = await silentServer();
  const child = await runChild(`
    const url = "ws://127.0.0.1:${(silent.address() as AddressInfo).port}/";
    const socket = new ReconnectingWebSocket(url, [], { WebSocket: Ws, connectionTimeout: 10 });
    socket.addEventListener("close", () => close(socket), { once: true });
  `);
  silent.close();
  expect(child).toMatchObject({ code: 0, errors: "" });
});
