import { defineContract } from "@holdfast/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createServer } from "../../src/index.ts";
import { RawClient } from "./raw-client.ts";
import { createStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await createStage();
});
afterEach(async () => {
  await stage.bystanderIsFine();
  await stage[Symbol.asyncDispose]();
});

describe("a client that takes what it can get", () => {
  it("more than two windows without an ack being due: 4000", async () => {
    await stage[Symbol.asyncDispose]();
    stage = await createStage({ windowBytes: 1_000, handlersInFlight: 1 });
    const [client] = await RawClient.welcomed(stage.url);
    client.say(["data", 1, [["event", "say", "hold"]]]);
    for (let i = 2; i < 50; i++) client.say(["data", i, [["event", "say", "x".repeat(100)]]]);
    expect(await client.closed).toBe(4000);
  });

  it("never acks: its outbox is bounded, emits are refused, and a room loses it", async () => {
    await stage[Symbol.asyncDispose]();
    stage = await createStage({ outboxBytes: 10_000 });
    const [client] = await RawClient.welcomed(stage.url, { credential: "greedy" });
    const session = [...stage.server.sessions].find(({ identity }) => identity.id === "greedy");
    const fates = await Promise.allSettled(
      Array.from({ length: 1_000 }, () =>
        Promise.race([
          session?.emit("news", "x".repeat(100)),
          new Promise((resolve) => setImmediate(resolve)),
        ]),
      ),
    );
    expect(fates.filter(({ status }) => status === "rejected").length).toBeGreaterThan(800);
    await stage.server.toIdentity("greedy").emit("news", "the last straw");
    expect(await client.closed).toBe(4301);
  });

  it("never reads: what waits for it is bounded, and its link dies of it", async () => {
    await stage[Symbol.asyncDispose]();
    stage = await createStage({ outboxBytes: 4_000_000 });
    const [client] = await RawClient.welcomed(stage.url, { credential: "deaf", window: 2 ** 40 });
    client.say(["data", 1, [["event", "say", "hello"]]]);
    await client.next();
    client.socket.pause();
    const before = process.memoryUsage().rss;
    const session = [...stage.server.sessions].find(({ identity }) => identity.id === "deaf");
    let refused = 0;
    const parked = new Promise((resolve) => stage.server.on("parked", resolve));
    for (let i = 0; i < 600; i++) {
      for (let j = 0; j < 10; j++) void session?.emit("news", "x".repeat(100_000)).catch(() => refused++);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(refused).toBeGreaterThan(5_900);
    // A third of what was said, most of it garbage that nobody has collected yet.
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
    await parked;
    client.socket.terminate();
  });

  it("asks for more at a time than it may: BUSY", async () => {
    await stage[Symbol.asyncDispose]();
    stage = await createStage({ callsInFlight: 0, streams: 0 });
    const [client] = await RawClient.welcomed(stage.url);
    client.say([
      "data",
      1,
      [
        ["call", 1, "echo", "x"],
        ["open", 2, "echo", { credit: 1 }],
      ],
    ]);
    const [, , answers] = (await client.next()) as [string, number, [string, number, { code: string }][]];
    expect(answers.map(([, , { code }]) => code)).toEqual(["BUSY", "BUSY"]);
    await stage[Symbol.asyncDispose]();
    stage = await createStage();
  });
});

describe("a client that only asks", () => {
  it("and takes no answer is closed, however small what it asks", async () => {
    const [client] = await RawClient.welcomed(stage.url, { window: 0 });
    // What it is answered fills the outbox first, and then waits for room.
    const calls = (from: number): unknown[] =>
      Array.from({ length: 100 }, (_, i) => ["call", from + i, "nothing"]);
    for (let id = 1; id < 30_000; id += 100) client.say(["data", id, calls(id)]);
    expect(await client.closed).toBe(4000);
  });

  it("and could not even take an error is not welcome", async () => {
    const client = await RawClient.open(stage.url);
    client.hello({ maxMessageBytes: 10 });
    expect(await client.closed).toBe(4000);
  });

  it("with pings, and reads no pong, is let go when too many wait", async () => {
    const [client] = await RawClient.welcomed(stage.url, { credential: "deaf" });
    client.socket.pause();
    let isGone = false;
    void new Promise((resolve) => stage.server.on("closed", resolve)).then(() => (isGone = true));
    stage.server.on("parked", () => (isGone = true));
    const ping = Buffer.from("ping");
    // 30 MB of pongs: more than the system itself would keep for both ends.
    for (let i = 0; i < 1_000 && !isGone; i++) {
      for (let j = 0; j < 5_000; j++) client.socket.send(ping, { binary: false });
      await new Promise((resolve) => setImmediate(resolve));
      while (client.socket.bufferedAmount > 1_000_000 && !isGone)
        await new Promise((resolve) => setImmediate(resolve));
    }
    expect(isGone).toBe(true);
    client.socket.terminate();
  });

  it("to be let in, again and again, is asked about once at a time", async () => {
    let running = 0;
    let most = 0;
    const server = createServer(defineContract({}), {
      authenticate: async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        return { identity: { id: "ada" } };
      },
      log: "off",
    }).handle({});
    const { url } = await server.listen();
    const [client] = await RawClient.welcomed(url);
    for (let i = 0; i < 1_000; i++) client.say(["auth", i]);
    expect(await client.next()).toEqual(["authenticated", {}]);
    expect(most).toBe(1);
    await server.close();
  });
});
