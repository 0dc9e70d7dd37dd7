import { afterEach, expect, test, vi } from "vitest";
import { browserTransport } from "../src/transport.ts";
import { EchoServer } from "./echo-server.ts";
import { dialFake, FakeSocket, turn } from "./fake-socket.ts";
import { Recorder } from "./recorder.ts";

afterEach(() => vi.unstubAllGlobals());

const failed = { code: 1006, reason: "", wasClean: false };

/** undici 6: a failed dial tells `error` and nothing else, and so does `close()` during a dial, twice and at once. */
class Node22Socket extends FakeSocket {
  override close(): void {
    super.close();
    if (this.readyState === 1) return;
    this.tell("error", { message: "Connection was closed before it was established." });
    this.tell("error", { message: "Received network error or non-101 status code." });
  }
}

test("Node 22's own WebSocket fires only error and stays CONNECTING: the dial ends all the same", async () => {
  const { socket, recorder } = dialFake(Node22Socket);
  socket.tell("error", { message: "Received network error or non-101 status code." });
  await recorder.untilClosed();
  await turn();
  expect(socket.readyState).toBe(0);
  expect(recorder.told).toEqual([{ ...failed, error: "Received network error or non-101 status code." }]);
});

test("Node 22's own WebSocket, closed while it dials, ends once and not inside close", async () => {
  const { link, recorder } = dialFake(Node22Socket);
  link.close(1000, "");
  expect(recorder.told).toEqual([]);
  await recorder.untilClosed();
  await turn();
  expect(recorder.told).toEqual([{ ...failed, error: undefined }]);
});

test("Workers fire only error after a malformed frame, CLOSED already: the link ends all the same", async () => {
  const { socket, recorder } = dialFake(FakeSocket);
  socket.tell("open");
  socket.readyState = 3;
  socket.tell("error", { error: new Error("protocol error") });
  await recorder.untilClosed();
  expect(recorder.told).toEqual(["opened", { ...failed, error: new Error("protocol error") }]);
});

test("fires no close at all towards a silent peer: terminate does not wait for one", async () => {
  const { link, socket, recorder } = dialFake(FakeSocket);
  socket.tell("open");
  link.close(1000, "done");
  socket.readyState = 2;
  link.terminate();
  await turn();
  expect(recorder.told).toEqual(["opened"]);
});

test("error and close are one closed, with the close's facts and the error's cause", async () => {
  const { socket, recorder } = dialFake(FakeSocket);
  socket.tell("open");
  socket.tell("error", { message: "too big" });
  socket.tell("close", { code: 1009, reason: "8 MB", wasClean: true });
  socket.tell("close", { code: 1000, wasClean: true });
  await turn();
  expect(recorder.told).toEqual(["opened", { code: 1009, reason: "8 MB", wasClean: true, error: "too big" }]);
});

test("a refused connection is never a clean 1000", () => {
  const { socket, recorder } = dialFake(FakeSocket);
  socket.tell("close", { code: 1000, reason: "", wasClean: true });
  expect(recorder.told).toEqual([{ ...failed, error: undefined }]);
});

test("Deno's code 0 is 1006", () => {
  const { socket, recorder } = dialFake(FakeSocket);
  socket.tell("open");
  socket.tell("close", { code: 0, reason: "", wasClean: false });
  expect(recorder.told).toEqual(["opened", { ...failed, error: undefined }]);
});

test("cloudflare/partykit#257: works without MessageEvent/Event classes (React Native)", () => {
  for (const name of ["Event", "MessageEvent", "CloseEvent", "ErrorEvent", "EventTarget"])
    vi.stubGlobal(name, undefined);
  const { link, socket, recorder } = dialFake(FakeSocket);
  expect(socket.binaryType).toBe("arraybuffer");
  socket.tell("open");
  socket.tell("message", { data: "text" });
  socket.tell("message", { data: new Uint8Array([1, 2]).buffer });
  expect(link.bufferedBytes).toBe(0);
  socket.tell("close", {});
  expect(recorder.told).toEqual(["opened", "text", new Uint8Array([1, 2]), { ...failed, error: undefined }]);
});

test("what is told after terminate is ignored, though the runtime had it in hand", async () => {
  const { link, socket, recorder } = dialFake(FakeSocket);
  const { onerror } = socket;
  socket.tell("error");
  link.terminate();
  (onerror as unknown as (event: object) => void)({});
  for (const type of ["open", "message", "error", "close"] as const) socket.tell(type, { data: "late" });
  await turn();
  expect(recorder.told).toEqual([]);
});

test("terminate does not throw where close does, and Bun's terminate is preferred", () => {
  class Closed extends FakeSocket {
    override close(): void {
      throw new TypeError("already closed");
    }
  }
  const { link } = dialFake(Closed);
  expect(() => link.terminate()).not.toThrow();

  class BunSocket extends FakeSocket {
    terminate(): void {
      this.calls.push("terminate");
    }
  }
  const bun = dialFake(BunSocket);
  bun.link.terminate();
  expect(bun.socket.calls).toEqual(["terminate"]);
});

test("nothing is sent on a socket that is closing or gone", () => {
  const { link, socket } = dialFake(FakeSocket);
  socket.tell("open");
  link.send("one");
  socket.readyState = 2;
  link.send("two");
  socket.tell("close", { code: 1000 });
  socket.readyState = 0;
  link.send("three");
  expect(socket.calls).toEqual(["send one", "close"]);
});

test("partykit/partykit#537: code and reason are there in Node", async () => {
  await using server = await EchoServer.start();
  const recorder = new Recorder();
  const link = browserTransport().dial({ url: server.url, protocols: [] }, recorder);
  await recorder.until(1);
  link.send("close:4321:bye");
  expect(await recorder.untilClosed()).toEqual({
    code: 4321,
    reason: "bye",
    wasClean: true,
    error: undefined,
  });
});

test("an upgrade refused with 503 is asked for once and told once", async () => {
  await using server = await EchoServer.start();
  const recorder = new Recorder();
  browserTransport().dial({ url: `${server.url}503`, protocols: [] }, recorder);
  expect(await recorder.untilClosed()).toMatchObject(failed);
  await turn();
  expect([server.upgrades["/503"], recorder.told.length]).toEqual([1, 1]);
});

// Node 24 and 26 send the upgrade twice on a 401: no business of ours as long as one end comes of it.
test("an upgrade refused with 401 is told once", async () => {
  await using server = await EchoServer.start();
  const recorder = new Recorder();
  browserTransport().dial({ url: `${server.url}401`, protocols: [] }, recorder);
  expect(await recorder.untilClosed()).toMatchObject(failed);
  await turn();
  expect(recorder.told).toHaveLength(1);
});
