import type { IncomingMessage } from "node:http";

/** What a client sent with its upgrade so far, as if it had asked for another path. Nothing else is changed. */
export function readdress(request: IncomingMessage, head: Uint8Array, path: string): Uint8Array {
  const { method, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${path} HTTP/${httpVersion}`];
  for (let n = 0; n < rawHeaders.length; n += 2) lines.push(`${rawHeaders[n]}: ${rawHeaders[n + 1]}`);
  // Bytes are what Node read as Latin-1.
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]);
}
