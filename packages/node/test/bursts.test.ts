import { expect, test } from "vitest";
import { connect } from "../src/index.ts";
import { EchoServer } from "./echo-server.ts";

/** More messages than anybody buffers, so small that they arrive in one piece. */
const all = Array.from({ length: 5_000 }, (_, n) => `${n}`);

/** A server that says all of it to whoever comes. */
async function startTalking(): Promise<EchoServer> {
  const server = await EchoServer.start();
  server.sockets.on("connection", (socket) => {
    for (const text of all) socket.send(text);
  });
  return server;
}

test("an iterator reads all of thousands of messages that arrive at once", async () => {
  await using server = await startTalking();
  await using connection = connect(server.url);
  const got: string[] = [];
  for await (const message of connection.messages()) if (got.push(message) === all.length) break;
  expect(got).toEqual(all);
});

test("so does a greeting that asks for one after the other", async () => {
  await using server = await startTalking();
  const got: string[] = [];
  await using connection = connect(server.url, {
    async greet(link) {
      while (got.length < all.length) got.push(await link.next());
    },
  });
  await connection.opened();
  expect(got).toEqual(all);
});
