import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, test } from "vitest";
import { readdress } from "../src/server/readdress.ts";

/** An upgrade as a server reads it, and what came with it; `undefined` when the server refuses to read it. */
interface Read {
  readonly request: IncomingMessage;
  readonly head: Buffer;
}

async function readBy(bytes: Uint8Array): Promise<Read | undefined> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.on("error", () => {}).write(bytes);
  const read = await new Promise<Read | undefined>((resolve) => {
    server.on("upgrade", (request, _, head) => resolve({ request, head }));
    server.on("clientError", () => resolve(undefined));
    server.on("request", () => resolve(undefined));
  });
  client.destroy();
  read?.request.socket.destroy();
  server.closeAllConnections();
  await once(server.close(), "close");
  return read;
}

const upgrade = (path: string, ...headers: readonly string[]): Buffer =>
  Buffer.from(
    [`GET ${path} HTTP/1.1`, "Connection: Upgrade", "Upgrade: test", ...headers, "", ""].join("\r\n"),
    "latin1",
  );

test("an upgrade is read at the other path as it was at the first, repeated headers, odd bytes and all", async () => {
  const headers = [
    "Host: one",
    "X-Twice: a",
    "x-twice: b",
    "Set-Cookie: c",
    "Empty:",
    "X-Odd:  caf\u00e9 \t d\u00ff ",
  ];
  const first = await readBy(
    Buffer.concat([upgrade("/network/live?a=b%20c", ...headers), Buffer.from("frames\0")]),
  );
  if (!first) throw new Error("it was not read");
  const again = await readBy(readdress(first.request, first.head, "/live?a=b%20c"));
  expect(again?.request.url).toBe("/live?a=b%20c");
  expect(again?.request.method).toBe("GET");
  expect(again?.request.httpVersion).toBe("1.1");
  expect(again?.request.rawHeaders).toEqual(first.request.rawHeaders);
  expect(again?.request.rawHeaders.filter((word) => /^x-twice$/i.test(word))).toHaveLength(2);
  expect(again?.head).toEqual(Buffer.from("frames\0"));
});

test("bytes are those that came, but for the path", async () => {
  const bytes = upgrade("/network/echo", "Host: one", "X-Twice: a", "x-twice: b");
  const read = await readBy(bytes);
  if (!read) throw new Error("it was not read");
  expect(String(readdress(read.request, read.head, "/echo"))).toBe(
    String(bytes).replace("/network/echo", "/echo"),
  );
});

test.each(["X: a\rY: b", "X: a\nY: b", "X: a\r\n Y: b", "X\r: a", "X: a\0b", "X Y: a"])(
  "no header is smuggled in: %j",
  async (header) => {
    const read = await readBy(upgrade("/network/live", "Host: one", header));
    const again = read && (await readBy(readdress(read.request, read.head, "/live")));
    // What one of them refuses never gets to the other.
    expect(again?.request.rawHeaders).toEqual(read?.request.rawHeaders);
    expect(again?.head).toEqual(read?.head);
  },
);
