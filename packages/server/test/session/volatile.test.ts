import {
  call,
  type Client,
  createAnyClient,
  defineContract,
  event,
  type Link,
  type LinkListener,
} from "@holdfast/core";
import { expect, it } from "vitest";
import * as z from "zod";
import { type VirtualClock, virtualClock } from "../../../testing/src/index.ts";
import { createAnyServer } from "../../src/host.ts";
import type { Handlers, Identity, Server, ServerOptions } from "../../src/options.ts";

const wave = event(z.number(), { delivery: "volatile" });
const say = event(z.string());
const contract = defineContract({ fromClient: { wave, say, work: call() }, fromServer: { wave, say } });
type K = typeof contract;

/** What another implementation may say: two records in one frame. */
const twice = '["volatile",[["event","wave",1],["event","wave",2]]]';
const quiet = { close() {}, terminate() {}, drainedBytes: 0, readBytes: 0 };

/** A server and what it says on the link of its one client, who has said hello. */
async function serve(
  clock: VirtualClock,
  handler: Handlers<K, Identity>["wave"],
  limits: ServerOptions["limits"] = {},
) {
  const { server, accept } = createAnyServer(
    contract,
    { log: "off", limits },
    { wave: handler, say: () => {}, work: () => new Promise(() => {}) },
    {
      clock,
      secrets: { id: () => "s", token: () => "t", hash: (token) => token },
      nextRound: queueMicrotask,
    },
  );
  const said: string[] = [];
  const socket = {
    ...quiet,
    bufferedBytes: 0,
    sendAll: (texts: readonly string[]) => void said.push(...texts),
  };
  const end: LinkListener = accept(socket, undefined);
  end.message('["hello",{"version":1,"attempt":1,"window":1000,"maxMessageBytes":1024}]');
  await clock.advanceAsync(1);
  said.length = 0;
  return { server: server as unknown as Server<K>, socket, end, said };
}

/** A client that was welcomed, and what it says on its link. */
async function dial(clock: VirtualClock) {
  const said: unknown[] = [];
  const socket = {
    ...quiet,
    bufferedBytes: 0,
    isWritable: true,
    send: (data: unknown) => void said.push(data),
  };
  const listeners: LinkListener[] = [];
  const transport = {
    dial(_: object, listener: LinkListener): Link {
      listeners.push(listener);
      return socket;
    },
  };
  const surroundings = { watch: () => () => {} };
  const adapter = { clock, transport, surroundings, hasPing: false, base: () => undefined };
  const client = createAnyClient(adapter, contract, { url: "ws://server.test/", log: "off" }) as Client<K>;
  const [end] = listeners;
  end?.opened();
  await clock.advanceAsync(1);
  const heartbeat = { intervalMs: 1_000, timeoutMs: 1_000 };
  const session = { id: "s", token: "t" };
  const limits = { window: 1_000, heartbeat, resumeWithinMs: 1_000, maxMessageBytes: 1_024 };
  end?.message(JSON.stringify(["welcome", { session, generation: 1, outcome: "opened", ...limits }]));
  await clock.advanceAsync(1);
  said.length = 0;
  return { client, socket, end, said };
}

it("a handler that closes its session hears no more of it, of the same frame neither", async () => {
  const got: number[] = [];
  const { end } = await serve(virtualClock(), (n, { session }) => {
    got.push(n);
    session.close();
  });
  end.message(twice);
  expect(got).toEqual([1]);
});

it("a listener that closes its client hears no more of it, of the same frame neither", async () => {
  const got: number[] = [];
  const { client, end } = await dial(virtualClock());
  client.on("wave", (n) => {
    got.push(n);
    void client.close();
  });
  end?.message(twice);
  expect(got).toEqual([1]);
});

it("a server drops what its socket does not keep up with", async () => {
  const { server, socket, said } = await serve(virtualClock(), () => {});
  void server.emit("wave", 1);
  socket.bufferedBytes = 65_536;
  void server.emit("wave", 2);
  socket.bufferedBytes = 65_535;
  void server.emit("wave", 3);
  expect(said).toEqual(['["volatile",[["event","wave",1]]]', '["volatile",[["event","wave",3]]]']);
});

it("a client drops what its socket does not keep up with", async () => {
  const { client, socket, said } = await dial(virtualClock());
  void client.emit("wave", 1);
  socket.bufferedBytes = 262_144;
  void client.emit("wave", 2);
  socket.bufferedBytes = 262_143;
  void client.emit("wave", 3);
  expect(said).toEqual(['["volatile",[["event","wave",1]]]', '["volatile",[["event","wave",3]]]']);
});

it("a server drops it while data waits that the client's window does not let go", async () => {
  const clock = virtualClock();
  const { server, end, said } = await serve(clock, () => {});
  for (const text of ["a", "b"]) server.emit("say", text.repeat(600)).catch(() => {});
  void server.emit("wave", 1);
  await clock.advanceAsync(1);
  end.message('["ack",1]');
  await clock.advanceAsync(1);
  void server.emit("wave", 2);
  expect(said).toEqual([
    `["data",1,[["event","say","${"a".repeat(600)}"]]]`,
    `["data",2,[["event","say","${"b".repeat(600)}"]]]`,
    '["volatile",[["event","wave",2]]]',
  ]);
});

it("a client drops it while data waits that the server's window does not let go", async () => {
  const clock = virtualClock();
  const { client, end, said } = await dial(clock);
  for (const text of ["a", "b"]) client.emit("say", text.repeat(600)).catch(() => {});
  void client.emit("wave", 1);
  await clock.advanceAsync(1);
  end?.message('["ack",1]');
  await clock.advanceAsync(1);
  void client.emit("wave", 2);
  expect(said.map((text) => String(text).slice(0, 30))).toEqual([
    '["data",1,[["event","say","aaa',
    '["data",2,[["event","say","bbb',
    '["volatile",[["event","wave",2',
  ]);
});

it("a server drops what would overtake a call that waits for a slot", async () => {
  const clock = virtualClock();
  const got: number[] = [];
  const { end } = await serve(clock, (n) => void got.push(n), { callsInFlight: 1 });
  end.message('["data",1,[["call",1,"work"],["call",2,"work"]]]');
  end.message('["volatile",[["event","wave",1]]]');
  await clock.advanceAsync(1_100);
  end.message('["volatile",[["event","wave",2]]]');
  expect(got).toEqual([2]);
});

it("a server drops what is more than messagesPerSecond", async () => {
  const clock = virtualClock();
  const got: number[] = [];
  const { end } = await serve(clock, (n) => void got.push(n), { messagesPerSecond: 2 });
  for (let n = 1; n <= 5; n++) end.message(`["volatile",[["event","wave",${n}]]]`);
  await clock.advanceAsync(1_000);
  end.message('["volatile",[["event","wave",6]]]');
  expect(got).toEqual([1, 2, 6]);
});
