import { once } from "node:events";
import { expect, test } from "vitest";
import { nodeTransport } from "../src/transport.ts";
import { EchoServer } from "./echo-server.ts";
import { RawServer } from "./raw-server.ts";
import { Recorder } from "./recorder.ts";

const { dial } = nodeTransport();

test("frames in the same packet as the upgrade's answer are not lost", async () => {
  await using server = await RawServer.start();
  const recorder = new Recorder();
  const accepted = server.accept(Buffer.from("\x81\x03one\x81\x03two\x81\x05th", "latin1"));
  const link = dial({ url: server.url, protocols: [] }, recorder);
  const socket = await accepted;
  await recorder.until("message", 2);
  socket.write("ree");
  await recorder.until("message", 3);
  expect(recorder.all("message").map(({ data }) => data)).toEqual(["one", "two", "three"]);
  expect(recorder.told[0]?.type).toBe("opened");
  link.terminate();
});

test("a message that comes byte by byte is heard byte by byte", async () => {
  await using server = await RawServer.start();
  const recorder = new Recorder();
  const accepted = server.accept();
  const link = dial({ url: server.url, protocols: [] }, recorder);
  const socket = await accepted;
  await recorder.until("opened");
  let heard = 0;
  for (const byte of Buffer.from("\x81\x05hello", "latin1")) {
    expect(recorder.all("message")).toEqual([]);
    socket.write(Buffer.of(byte));
    await recorder.until("heard", ++heard);
  }
  expect(await recorder.until("message")).toEqual({ type: "message", data: "hello" });
  link.terminate();
});

test("a message in a piece for every four bytes is not put together, for nobody else would be heard meanwhile: 1008", async () => {
  await using server = await RawServer.start();
  const recorder = new Recorder();
  const accepted = server.accept();
  nodeTransport({ maxPayloadBytes: 100_000 }).dial({ url: server.url, protocols: [] }, recorder);
  const socket = await accepted;
  await recorder.until("opened");
  // 100,000 bytes of text.
  socket.write(Buffer.from("817f00000000000186a0", "hex"));
  for (let bytes = 0; bytes < 100_000 && recorder.all("closed").length === 0; bytes += 4) {
    socket.write("    ");
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect((await recorder.until("closed")).close).toMatchObject({ code: 1008 });
  expect(recorder.all("message")).toEqual([]);
});

test("a ping is answered, and the answer is heard", async () => {
  await using server = await EchoServer.start();
  const arrival = server.arrival();
  const recorder = new Recorder();
  const link = dial({ url: server.url, protocols: [] }, recorder);
  const pinged = once(await arrival, "ping");
  await recorder.until("opened");
  link.ping?.();
  await pinged;
  await recorder.until("heard");
  expect(recorder.all("message")).toEqual([]);
  link.terminate();
});

test("bytes stay as they came, in a plain Uint8Array", async () => {
  await using server = await EchoServer.start();
  const recorder = new Recorder();
  const link = dial({ url: server.url, protocols: [] }, recorder);
  await recorder.until("opened");
  const count = 200;
  for (let i = 0; i < count; i++) link.send(new Uint8Array(i * 7).fill(i));
  await recorder.until("message", count);
  const got = recorder.all("message").map(({ data }) => data);
  expect(got).toStrictEqual(Array.from({ length: count }, (_, i) => new Uint8Array(i * 7).fill(i)));
  link.terminate();
});

test("what the peer does not take is buffered", async () => {
  await using server = await EchoServer.start();
  const arrival = server.arrival();
  const recorder = new Recorder();
  const link = dial({ url: server.url, protocols: [] }, recorder);
  const peer = await arrival;
  await recorder.until("opened");
  expect(link.bufferedBytes).toBe(0);
  peer.pause();
  const megabyte = new Uint8Array(1_048_576);
  for (let i = 0; i < 20; i++) link.send(megabyte);
  expect(link.bufferedBytes).toBeGreaterThan(10 * megabyte.length);
  peer.resume();
  await recorder.until("message", 20);
  expect(link.bufferedBytes).toBe(0);
  link.terminate();
});

test("nothing is heard after terminate, whatever is on its way", async () => {
  await using server = await EchoServer.start();
  const arrival = server.arrival();
  const recorder = new Recorder();
  const link = dial({ url: server.url, protocols: [] }, recorder);
  const peer = await arrival;
  await recorder.until("opened");
  link.send("x".repeat(1_000_000));
  peer.send("y".repeat(1_000_000));
  await recorder.until("heard");
  const before = recorder.told.length;
  link.terminate();
  await once(peer, "close");
  expect(recorder.told).toHaveLength(before);
});
