import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/** Answers an upgrade with an HTTP status and words, and lets go of its socket. */
export function refuse(
  socket: Duplex,
  status: number,
  words: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = `${words}\n`;
  const all = {
    connection: "close",
    "content-type": "text/plain; charset=utf-8",
    "content-length": `${Buffer.byteLength(body)}`,
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on("error", () => socket.destroy());
  // Whoever keeps its half open keeps nothing of ours.
  socket.once("finish", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`);
}
