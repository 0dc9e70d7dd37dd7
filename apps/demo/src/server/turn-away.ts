import type { Duplex } from "node:stream";

/** Answers an upgrade that nobody takes: it would wait for ever. Nor do we wait for the other end to hang up. */
export function turnAway(stream: Duplex, status: "403 Forbidden" | "404 Not Found"): void {
  stream.on("error", () => stream.destroy()).resume();
  stream.once("finish", () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
}
