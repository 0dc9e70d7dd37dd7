import { expect, it } from "vitest";
import { RawClient } from "./raw-client.ts";
import { createStage } from "./stage.ts";

it("who asks on and on and takes no answer is held no more of them than calls may be in flight", async () => {
  await using stage = await createStage({ outboxBytes: 100_000, callsInFlight: 4 });
  const [client] = await RawClient.welcomed(stage.url, { credential: "greedy", window: 0 });
  const calls = 1_000;
  for (let n = 1; n <= calls; n++) {
    client.say(["data", n, [["call", n, "echo", "x".repeat(50_000)]]]);
    await client.next();
  }
  // Now it takes all there is.
  client.say(["ack", 0, 2 ** 40]);
  const kinds: unknown[] = [];
  while (kinds.length < calls) {
    const [name, offset, records] = (await client.next()) as [string, number, unknown[][]];
    if (name !== "data") continue;
    kinds.push(...records.map(([kind]) => kind));
    client.say(["ack", offset + records.length - 1]);
  }
  // One fits the outbox, and four wait for room.
  expect(kinds.filter((kind) => kind === "result").length).toBeLessThanOrEqual(6);
  expect(kinds.filter((kind) => kind === "error").length).toBeGreaterThan(900);
  await stage.bystanderIsFine();
});

it("who makes all hold too much loses its own, and not who waits for its client", async () => {
  await using stage = await createStage({ outboxBytes: 50_000, outboxTotalBytes: 100_000 });
  const [innocent, { session }] = await RawClient.welcomed(stage.url, { credential: "innocent" });
  innocent.say(["ack", 0]);
  innocent.say(["data", 1, [["event", "say", "here"]]]);
  await innocent.next();
  const parked = new Promise((resolve) => stage.server.on("parked", resolve));
  innocent.socket.terminate();
  await parked;
  await stage.server.toIdentity("innocent").emit("news", "x".repeat(1_000));

  const hogs = Array.from({ length: 4 }, async (_, n) => {
    const [hog] = await RawClient.welcomed(stage.url, { credential: `hog ${n}`, window: 0 });
    hog.say(["data", 1, [["call", 1, "echo", "x".repeat(40_000)]]]);
    return hog;
  });
  expect(await Promise.race((await Promise.all(hogs)).map(({ closed }) => closed))).toBe(4301);

  const [, welcome] = await RawClient.welcomed(stage.url, {
    credential: "innocent",
    session,
    attempt: 2,
    received: 0,
  });
  expect(welcome).toMatchObject({ outcome: "resumed", received: 1 });
  await stage.bystanderIsFine();
});
