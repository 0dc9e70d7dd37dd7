import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { nodeTransport } from "../src/transport.ts";
import { EchoServer } from "./echo-server.ts";
import { RawServer } from "./raw-server.ts";
import { Recorder } from "./recorder.ts";

const { dial } = nodeTransport();

async function refusing(status: number): Promise<{ server: Server; url: string }> {
  // keep-alive and an endless body: whoever does not hang up holds the socket
  const server = createServer((_request, response) => void response.writeHead(status).write("no"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

test.for([401, 426, 503, 302])(
  "an upgrade refused with %i is told with its status, and the socket is gone",
  async (httpStatus) => {
    const { server, url } = await refusing(httpStatus);
    const arrival = once(server, "connection");
    const recorder = new Recorder();
    dial({ url, protocols: [] }, recorder);
    const [socket] = await arrival;
    const { close } = await recorder.until("closed");
    expect(close).toMatchObject({
      code: 1006,
      reason: "",
      wasClean: false,
      httpStatus,
      error: expect.any(Error),
    });
    if (!socket.destroyed) await once(socket, "close");
    expect(recorder.told).toHaveLength(1);
    server.close();
  },
);

test.for([
  ["an unknown opcode", [0x83, 1, 65], 1002],
  ["a masked frame", [0x81, 0x81, 1, 2, 3, 4, 64], 1002],
  ["a frame of 2^60 bytes", [0x82, 127, 0x10, 0, 0, 0, 0, 0, 0, 0], 1009],
  ["text that is no UTF-8", [0x81, 1, 0xff], 1007],
  ["a close code that must not travel", [0x88, 2, 0x03, 0xed], 1002],
] as const)("%s ends the link at once, and the peer is told why", async ([, frame, code]) => {
  await using server = await RawServer.start();
  const recorder = new Recorder();
  const accepted = server.accept();
  dial({ url: server.url, protocols: [] }, recorder);
  const socket = await accepted;
  await recorder.until("opened");
  const answer = once(socket, "data");
  const gone = once(socket, "close");
  socket.write(Buffer.from(frame));
  const { close } = await recorder.until("closed");
  expect(close).toMatchObject({ code, reason: "", wasClean: false, error: expect.any(Error) });
  const [[first, second, ...rest]] = (await answer) as [Buffer];
  const mask = rest.slice(0, 4);
  const body = rest.slice(4, 6).map((byte, at) => byte ^ (mask[at] ?? 0));
  expect([first, second, Buffer.from(body).readUInt16BE()]).toEqual([0x88, 0x82, code]);
  await gone;
  expect(recorder.told.at(-1)?.type).toBe("closed");
});

test("an upgrade with a wrong answer is one closed", async () => {
  await using server = await RawServer.start();
  const recorder = new Recorder();
  const arrival = server.arrival();
  dial({ url: server.url, protocols: [] }, recorder);
  const { socket } = await arrival;
  const gone = once(socket, "close");
  socket.write(
    "HTTP/1.1 101 Hi\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n",
  );
  expect((await recorder.until("closed")).close).toMatchObject({ code: 1006, wasClean: false });
  await gone;
  expect(recorder.told).toHaveLength(1);
});

test("a reset is told with its cause", async () => {
  await using server = await RawServer.start();
  const recorder = new Recorder();
  const accepted = server.accept();
  dial({ url: server.url, protocols: [] }, recorder);
  const socket = await accepted;
  await recorder.until("opened");
  socket.resetAndDestroy();
  const { close } = await recorder.until("closed");
  expect(close).toMatchObject({ code: 1006, reason: "", wasClean: false, error: { code: "ECONNRESET" } });
});

test("a close frame without a code is a clean 1005", async () => {
  await using server = await EchoServer.start();
  const arrival = server.arrival();
  const recorder = new Recorder();
  dial({ url: server.url, protocols: [] }, recorder);
  (await arrival).close();
  expect((await recorder.until("closed")).close).toEqual({
    code: 1005,
    reason: "",
    wasClean: true,
    error: undefined,
  });
});

test("closing while it dials ends in one closed, without a code of its own", async () => {
  await using server = await RawServer.start();
  const recorder = new Recorder();
  const arrival = server.arrival();
  const link = dial({ url: server.url, protocols: [] }, recorder);
  const { socket } = await arrival;
  link.close(1000, "done");
  expect((await recorder.until("closed")).close).toMatchObject({ code: 1006, wasClean: false });
  if (!socket.destroyed) await once(socket, "close");
  expect(recorder.told).toHaveLength(1);
});

test("pings and sends after the end are harmless", async () => {
  await using server = await EchoServer.start();
  const recorder = new Recorder();
  const link = dial({ url: server.url, protocols: [] }, recorder);
  link.ping?.();
  await recorder.until("opened");
  link.close(1000, "");
  link.send("late");
  link.ping?.();
  await recorder.until("closed");
  link.send("later");
  link.ping?.();
  link.close(1000, "");
  link.terminate();
  link.terminate();
  expect(link.bufferedBytes).toBe(0);
});
