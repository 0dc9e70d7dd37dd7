import { call, type Client, defineContract, event } from "@holdfast/core";
import * as z from "zod";
import { expect, it } from "vitest";
import { virtualClock } from "../../../testing/src/index.ts";
import { createAnyServer } from "../../src/host.ts";
import type { Server } from "../../src/options.ts";
import { createWorld, fate, type K, onlySession } from "./world.ts";

it("what is said because of a broadcast comes behind it", async () => {
  const world = createWorld({ server: { limits: { outboxBytes: 300 } } });
  const { server, network, pass, connect, client } = world;
  await pass();
  network.cut();
  network.refuse();
  await pass();
  for (let n = 0; n < 3; n++) void server.emit("news", n);
  network.heal();
  const heard: number[] = [];
  const other = connect();
  other.on("news", (n) => heard.push(n));
  await pass(5_000);
  // The first one reads no more.
  const [slow] = [...server.sessions];
  server.on("parked", () => void server.emit("news", 1_000));
  for (let n = 10; n < 60; n++) void slow?.emit("news", n).catch(() => {});
  void server.emit("news", 500);
  await pass(1_000);
  expect(heard).toEqual([500, 1_000]);
  void client;
});

it("a client that comes back with a smaller maxMessageBytes is written nothing larger, whatever listeners say", async () => {
  const clock = virtualClock();
  let names = 0;
  const two = defineContract({
    fromClient: {},
    fromServer: { news: event(z.string()), blink: event(z.number(), { delivery: "volatile" }) },
  });
  const host = createAnyServer(
    two,
    { log: "off" },
    {},
    {
      clock,
      secrets: { id: () => `s${++names}`, token: () => `t${++names}`, hash: (token) => token },
      nextRound: queueMicrotask,
    },
  );
  const server = host.server as unknown as Server<typeof two>;
  const sizes: number[] = [];
  const dial = async (hello: object) => {
    let welcome: { readonly session: object } | undefined;
    const link = {
      sendAll(texts: readonly string[]) {
        for (const text of texts) {
          if (!welcome) [, welcome] = JSON.parse(text) as [string, { session: object }];
          else sizes.push(text.length);
        }
      },
      close() {},
      terminate() {},
      bufferedBytes: 0,
      drainedBytes: 0,
      readBytes: 0,
    };
    const end = host.accept(link, undefined);
    end.message(JSON.stringify(["hello", { version: 1, window: 100_000, ...hello }]));
    await clock.advanceAsync(10);
    return { end, session: welcome?.session };
  };
  const one = await dial({ attempt: 1, maxMessageBytes: 100_000 });
  one.end.message('["ack",0]');
  void server.emit("news", "x".repeat(2_000));
  await clock.advanceAsync(10);
  one.end.closed({ code: 1006, reason: "", wasClean: false });
  sizes.length = 0;
  server.on("resumed", () => void server.emit("blink", 1));
  await dial({ attempt: 2, received: 0, maxMessageBytes: 1_024, session: one.session });
  await clock.advanceAsync(10);
  expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(1_024);
});

it.each(["a listener", "a signal"])(
  "%s that hears of a session's end and ends the one that begins in its place, ends that with its link",
  async (who) => {
    const clock = virtualClock();
    let names = 0;
    const secrets = { id: () => `s${++names}`, token: () => `t${++names}`, hash: (token: string) => token };
    const seen: string[] = [];
    const endAll = (): void => [...server.sessions].forEach((session) => session.close(4003, "all of them"));
    const handlers = {
      stay: (_: unknown, { signal }: { signal: AbortSignal }) => {
        if (who === "a signal") signal.addEventListener("abort", endAll);
        return new Promise(() => {});
      },
    };
    const three = defineContract({ fromClient: { stay: call({}) } });
    const host = createAnyServer(three, { log: "off" }, handlers, {
      clock,
      secrets,
      nextRound: queueMicrotask,
    });
    const { server } = host;
    if (who === "a listener") server.on("closed", endAll);
    for (const name of ["opened", "closed"] as const)
      server.on(name, ({ session: { id } }) => seen.push(`${id} ${name}`));
    const codes: number[] = [];
    const dial = async (hello: object) => {
      const link = { bufferedBytes: 0, drainedBytes: 0, readBytes: 0, sendAll() {}, terminate() {} };
      const end = host.accept(Object.assign(link, { close: (code: number) => codes.push(code) }), undefined);
      end.message(JSON.stringify(["hello", { version: 1, window: 1, maxMessageBytes: 2_000, ...hello }]));
      await clock.advanceAsync(10);
      return end;
    };
    const one = await dial({ attempt: 1 });
    one.message('["data",1,[["call",1,"stay"]]]');
    await clock.advanceAsync(10);
    // A position that cannot be: a new session begins in its place.
    await dial({ attempt: 2, received: 7, session: { id: "s2", token: "t1" } });
    expect(codes).toEqual([4009, 4003]);
    expect([...server.sessions]).toEqual([]);
    expect(seen.toSorted()).toEqual(["s2 closed", "s2 opened", "s4 closed", "s4 opened"]);
  },
);

it.each(["state", "gave up"])(
  "a log that reconnects when it is told %j of a client that ended: closed comes before the new dial, and what it says is said",
  async (word) => {
    const seen: string[] = [];
    let said: { readonly now: unknown } | undefined;
    const write = ({ message }: { message: string }): void => {
      if (message !== word || client?.state.phase !== "ended") return;
      client.reconnect();
      said = fate(client.emit("say", 7));
    };
    let client: Client<K> | undefined = undefined;
    const world = createWorld({ client: { log: { write } } });
    const { server, got, pass } = world;
    client = world.client;
    await pass();
    client.subscribe(() => seen.push("state"));
    // Who subscribes is told at once.
    seen.length = 0;
    client.session.on("closed", () => seen.push("closed"));
    client.session.on("opened", () => seen.push("opened"));
    onlySession(server.sessions).close(4003, "go");
    await pass(1_000);
    // Ended; dialing, greeting, open.
    expect(seen).toEqual(["state", "closed", "state", "state", "state", "opened"]);
    expect([said?.now, got]).toEqual(["done", [7]]);
  },
);

it("a subscriber of a client that throws at once is reported as any listener is", async () => {
  const logged: string[] = [];
  const { client, pass } = createWorld({ client: { log: { write: ({ message }) => logged.push(message) } } });
  client.subscribe(() => {
    throw new Error("oops");
  });
  await pass(0);
  expect(logged).toContain("a listener for state threw");
  expect(logged).not.toContain("state threw");
});
