import { call, defineContract, event } from "@holdfast/core";
import * as z from "zod";
import { describe, expect, it } from "vitest";
import { testPair } from "../../../testing/src/index.ts";
import { createWorld, fate, onlySession, type World } from "./world.ts";

/** What the client of a parked session hears when `events` events were said meanwhile. */
async function parkedHears({ connect, server, network, pass }: World, events: number): Promise<unknown[]> {
  const client = connect({ start: "eager" });
  const told: unknown[] = [];
  client.session.on("lost", ({ reason }) => told.push(reason));
  client.on("news", (n) => told.push(n));
  await pass(50);
  network.refuse();
  network.cut();
  await pass(50);
  for (let n = 0; n < events; n++) {
    void server.emit("news", n);
    await pass(1);
  }
  network.heal();
  await pass(5_000);
  return told;
}

describe("the total of all outboxes", () => {
  it("is bounded: the one that holds most is given away", async () => {
    const world = createWorld({
      client: { start: "manual" },
      server: { limits: { outboxTotalBytes: 1_000 } },
    });
    expect(await parkedHears(world, 70)).toEqual(["overflow"]);
  });

  it("counts answers that wait for room", async () => {
    const answers: (() => void)[] = [];
    const { client, network, pass } = createWorld({
      server: { limits: { outboxBytes: 1_000, outboxTotalBytes: 3_000 } },
      handlers: { echo: () => new Promise((resolve) => answers.push(() => resolve("x".repeat(800)))) },
    });
    const told: unknown[] = [];
    client.session.on("lost", ({ reason }) => told.push(reason));
    client.session.on("resumed", () => told.push("resumed"));
    for (let n = 0; n < 5; n++) client.call("echo", "hi").catch(() => {});
    await pass(50);
    network.refuse();
    network.cut();
    await pass(50);
    for (const answer of answers) answer();
    await pass(50);
    network.heal();
    await pass(5_000);
    expect(answers.length).toBe(5);
    expect(told).toEqual(["overflow"]);
  });

  it("does not count what is answered to sessions that are over", async () => {
    const answers: (() => void)[] = [];
    const world = createWorld({
      client: { start: "manual" },
      server: { limits: { outboxTotalBytes: 10_000 } },
      handlers: { echo: () => new Promise((resolve) => answers.push(() => resolve("x".repeat(4_000)))) },
    });
    for (let n = 0; n < 3; n++) {
      const client = world.connect({ start: "eager" });
      client.call("echo", "hi").catch(() => {});
      await world.pass(50);
      void client.close();
      await world.pass(50);
    }
    expect(answers.length).toBe(3);
    for (const answer of answers) answer();
    await world.pass(50);
    expect(await parkedHears(world, 1)).toEqual([0]);
  });

  it("does not count a session twice that ends while it is served", async () => {
    const world = createWorld({
      client: { start: "manual" },
      server: { limits: { outboxTotalBytes: 1_000 } },
      handlers: { say: (_, { session }) => session.close() },
    });
    for (let n = 0; n < 10; n++) {
      const client = world.connect({ start: "eager" });
      await world.pass(50);
      for (let i = 0; i < 20; i++) void onlySession(world.server.sessions).emit("news", i);
      void client.emit("say", 1);
      await world.pass(50);
    }
    expect([...world.server.sessions]).toEqual([]);
    expect(await parkedHears(world, 70)).toEqual(["overflow"]);
  });
});

describe("an answer that no outbox can hold", () => {
  const long = "x".repeat(20_000);
  const tooLarge = { code: "REMOTE", remote: { code: "TOO_LARGE" } };

  it("of a server is told to its asker, and the session goes on", async () => {
    const { client, server, pass } = createWorld({
      server: { limits: { outboxBytes: 10_000 } },
      handlers: { echo: (text) => (text === "long" ? long : text) },
    });
    const failures: unknown[] = [];
    server.on("failed", ({ name, error }) => failures.push([name, (error as Error).message]));
    await pass();
    const echoes = ["long", "short"].map((text) => fate(client.call("echo", text)));
    const news = fate(onlySession(server.sessions).emit("news", 1));
    await pass(1_000);
    expect(echoes.map(({ now }) => now)).toMatchObject([tooLarge, "short"]);
    expect(news.now).toBe("done");
    expect(failures).toEqual([["echo", "TOO_LARGE: 20015 bytes, of 10000 at most"]]);
  });

  it("of a client is told to its asker, and the session goes on", async () => {
    const { client, server, pass } = createWorld({
      client: { outbox: { maxBytes: 10_000 }, handlers: { locate: () => long } },
    });
    await pass();
    const located = fate(onlySession(server.sessions).call("locate"));
    const said = fate(client.emit("say", 1));
    await pass(1_000);
    expect(located.now).toMatchObject(tooLarge);
    expect(said.now).toBe("done");
  });

  it("and is an error of the contract's is told without its data", async () => {
    const contract = defineContract({
      fromClient: {
        ask: call({ errors: { NO: z.string() } }),
        echo: call({ input: z.string(), output: z.string() }),
      },
      fromServer: { news: event(z.number()) },
    });
    const { client, clock } = testPair(contract, {
      handlers: { ask: (_, { fail }) => fail("NO", "x".repeat(2_000_000)), echo: (text) => text },
    });
    await clock.advanceAsync(50);
    const fates = [fate(client.call("ask")), fate(client.call("echo", "hi"))];
    await clock.advanceAsync(1_000);
    expect(fates.map(({ now }) => now)).toMatchObject([tooLarge, "hi"]);
  });
});
