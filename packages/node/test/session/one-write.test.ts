import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { defineContract, event } from "@holdfast/core";
import { createServer } from "@holdfast/server";
import { expect, it } from "vitest";
import * as z from "zod";
import { createClient } from "../../src/index.ts";

const contract = defineContract({ fromClient: {}, fromServer: { said: event(z.string()) } });

/** Counts what a socket hands to the system, one call a line. */
function countWrites(socket: Socket): () => number {
  let writes = 0;
  const { _write: one, _writev: many } = socket;
  socket._write = (...chunk) => (writes++, one.apply(socket, chunk));
  socket._writev = (...chunks) => (writes++, many?.apply(socket, chunks));
  return () => writes;
}

it("all frames of a turn go out in one system call, however many they are", async () => {
  const http = createHttpServer();
  const counts: (() => number)[] = [];
  http.on("connection", (socket) => counts.push(countWrites(socket)));
  await using server = createServer(contract, { log: "off" }).handle({});
  server.attach(http);
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  await using client = createClient(contract, { url: `ws://127.0.0.1:${port}`, log: "off" });
  await client.opened();
  const [session] = server.sessions;
  if (!session) throw new Error("nobody came");
  const before = counts[0]?.();
  // A frame is 64 KiB at the most, where none of its records is larger.
  const told = Array.from({ length: 5 }, () => session.emit("said", "x".repeat(40_000)));
  // The turn ends.
  await Promise.resolve();
  expect(counts[0]?.()).toBe(Number(before) + 1);
  await Promise.all(told);
  http.close();
});
