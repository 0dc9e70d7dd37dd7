import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EchoServer } from "./echo-server.ts";
import { RawServer } from "./raw-server.ts";
import { runChild } from "./run-child.ts";

// Each child must end by itself: what is left behind keeps it, and fails the test by its timeout.

let echo: EchoServer;
let raw: RawServer;
beforeAll(async () => {
  echo = await EchoServer.start();
  raw = await RawServer.start();
});
afterAll(async () => {
  await echo[Symbol.asyncDispose]();
  await raw[Symbol.asyncDispose]();
});

test("pladaria#183, partykit#912: terminating a dial does not crash the process, and lets it end at once", async () => {
  const child = runChild(`
    const link = nodeTransport().dial({ url: "${raw.url}", protocols: [] }, listener);
    setImmediate(() => { link.terminate(); link.terminate(); });
    process.on("exit", () => console.log("ended"));
  `);
  expect(await child).toEqual({ code: 0, output: "ended\n", errors: "" });
});

test("ws: closed before the connection was established is not an uncaught exception", async () => {
  const child = runChild(`
    for (const end of ["terminate", "close"]) {
      const closed = ({ code, error }) => console.log(code, error.message);
      const link = nodeTransport().dial({ url: "${raw.url}", protocols: [] }, { ...listener, closed });
      link[end](1000, "");
    }
  `);
  const output = "1006 WebSocket was closed before the connection was established\n";
  expect(await child).toEqual({ code: 0, output, errors: "" });
});

test("a refused dial that was terminated leaves nothing behind", async () => {
  const closed = await EchoServer.start();
  await closed[Symbol.asyncDispose]();
  const child = runChild(`
    const link = nodeTransport().dial({ url: "${closed.url}", protocols: [] }, listener);
    link.terminate();
  `);
  expect(await child).toEqual({ code: 0, output: "", errors: "" });
});

test("terminating after close towards a silent peer does not wait for ws's 30 s", async () => {
  const accepted = raw.accept();
  const child = runChild(`
    const link = nodeTransport().dial({ url: "${raw.url}", protocols: [] }, {
      ...listener,
      opened() { link.close(1000, ""); setImmediate(() => link.terminate()); },
      closed() { console.log("closed"); },
    });
  `);
  await accepted;
  expect(await child).toEqual({ code: 0, output: "", errors: "" });
});

test("a malformed frame from a peer that never hangs up does not wait for ws's 30 s", async () => {
  const accepted = raw.accept();
  const child = runChild(`
    const closed = ({ code }) => console.log(code);
    nodeTransport().dial({ url: "${raw.url}", protocols: [] }, { ...listener, closed });
  `);
  const socket = await accepted;
  socket.allowHalfOpen = true;
  socket.write(Buffer.of(0x83, 0));
  expect(await child).toEqual({ code: 0, output: "1002\n", errors: "" });
});

test("a link with unref keeps no process alive, open or dialing", async () => {
  const arrival = echo.arrival();
  const open = runChild(`
    const alive = setInterval(() => {}, 1_000);
    const opened = () => { console.log("opened"); clearInterval(alive); };
    nodeTransport({ unref: true }).dial({ url: "${echo.url}", protocols: [] }, { ...listener, opened });
  `);
  await arrival;
  expect(await open).toEqual({ code: 0, output: "opened\n", errors: "" });
  const dialing = runChild(
    `nodeTransport({ unref: true }).dial({ url: "${raw.url}", protocols: [] }, listener);`,
  );
  expect(await dialing).toEqual({ code: 0, output: "", errors: "" });
});

test("a link with unref keeps no process alive when the first address of a name refuses", async () => {
  const child = runChild(`
    import { Agent } from "node:http";
    const addresses = [{ address: "::1", family: 6 }, { address: "127.0.0.1", family: 4 }];
    const agent = new Agent({ lookup: (_name, _options, found) => found(null, addresses) });
    const url = "${echo.url.replace("127.0.0.1", "two.test")}";
    const alive = setInterval(() => {}, 1_000);
    const opened = () => { console.log("opened"); clearInterval(alive); };
    nodeTransport({ unref: true, agent }).dial({ url, protocols: [] }, { ...listener, opened });
  `);
  expect(await child).toEqual({ code: 0, output: "opened\n", errors: "" });
});

test("a link without unref keeps the process alive until it ends", async () => {
  const arrival = echo.arrival();
  const child = runChild(`
    nodeTransport().dial({ url: "${echo.url}", protocols: [] }, { ...listener, closed({ code }) { console.log(code) } });
  `);
  const peer = await arrival;
  const pong = once(peer, "pong");
  peer.ping();
  await pong;
  peer.close(4_321);
  expect(await child).toEqual({ code: 0, output: "4321\n", errors: "" });
});
