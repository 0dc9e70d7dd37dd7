import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect, it } from "vitest";
import { reset } from "../src/proxy/reset.ts";

it("a socket that has just said its end closes when it is reset: the system refuses to, and Node would wait for ever", async () => {
  const server = createServer({ allowHalfOpen: true }, (socket) => socket.on("error", () => {}).resume());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await once(socket, "connect");
  socket.on("error", () => {});
  socket.end("last words");
  reset(socket);
  await once(socket, "close");
  expect(socket.destroyed).toBe(true);
  server.close();
});
