import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { median, type Row, type Scenario } from "../scenario.ts";

const rounds = 3;
const mustMs = 100;
/** Closes while it waits 4 s for its next attempt, and says when. */
const programs: Record<string, string> = {
  holdfast: `
    import { connect } from "@holdfast/node";
    const connection = connect(url, { log: "off", backoff: { initialMs: 4000, jitter: "none" } });
    await connection.once("state", ({ phase }) => phase === "waiting");
    console.log("closing");
    await connection.close();`,
  partysocket: `
    import { WebSocket as Socket } from "partysocket";
    import { WebSocket } from "ws";
    const socket = new Socket(url, undefined, { WebSocket, minReconnectionDelay: 4000, maxReconnectionDelay: 4000 });
    socket.addEventListener("close", () => setTimeout(() => { console.log("closing"); socket.close(); }, 10), { once: true });`,
  "reconnecting-websocket": `
    import module from "reconnecting-websocket";
    import { WebSocket } from "ws";
    const Socket = module.default ?? module;
    const socket = new Socket(url, undefined, { WebSocket, minReconnectionDelay: 4000, maxReconnectionDelay: 4000 });
    let isClosing = false;
    socket.addEventListener("close", () => { if (!isClosing) { isClosing = true; setTimeout(() => { console.log("closing"); socket.close(); }, 10); } });`,
};

/** A Node process that closes its connection during a wait: how long until it is gone. */
export const exit: Scenario = {
  name: "exit: from close() during a 4 s wait to the end of the process",
  must: `at most ${mustMs} ms`,
  async run() {
    const url = await refusedUrl();
    const rows: Row[] = [];
    for (const [who, program] of Object.entries(programs)) {
      const values: number[] = [];
      for (let round = 0; round < rounds; round++) values.push(await closeToExit(program, url));
      const value = median(values);
      rows.push({ who, value, unit: "ms", ...(who === "holdfast" && { isFine: value <= mustMs }) });
    }
    return rows;
  },
};

async function closeToExit(program: string, url: string): Promise<number> {
  const child = spawn(
    process.execPath,
    ["--conditions=@holdfast/source", "--input-type=module", "--eval", `const url = "${url}";${program}`],
    { cwd: import.meta.dirname, stdio: ["ignore", "pipe", "inherit"] },
  );
  const gone = once(child, "exit");
  await once(child.stdout, "data");
  const closingAt = performance.now();
  await gone;
  return performance.now() - closingAt;
}

/** A port on which nobody listens. */
async function refusedUrl(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `ws://127.0.0.1:${port}`;
}
