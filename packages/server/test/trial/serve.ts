import { createFaultProxy, createFrameProxy } from "../../../testing/src/node.ts";
import { createServer } from "../../src/index.ts";
import { carriesRecords, frameFaults, tcpFaults, torment } from "./faults.ts";
import { trial } from "./trial.ts";

// A process of its own: a session server, and behind each fault a way to it. Prints their addresses; ends with its input.
const server = createServer(trial, {
  allowedOrigins: "any",
  heartbeat: { intervalMs: 1_000, timeoutMs: 500 },
  log: "off",
}).handle({
  say: (n, { session }) => void session.emit("said", n),
  echo: (n) => n,
  *count(to, { since = 0 }) {
    for (let n = since + 1; n <= to; n++) yield n;
  },
});
const { url: fine } = await server.listen();
const urls: Record<string, string> = { fine };
for (const [name, fault] of Object.entries(tcpFaults)) {
  const proxy = await createFaultProxy({ to: fine });
  urls[name] = proxy.url();
  torment(proxy, fault, 1);
}
const frames = await createFrameProxy({ to: fine, touches: carriesRecords });
frameFaults.frames(frames);
urls["frames"] = frames.url();
// What a frame proxy swallows last is missed with the next link only.
setInterval(() => frames.cut(), 400);

console.log(JSON.stringify(urls));
process.stdin.resume().on("end", () => process.exit(0));
