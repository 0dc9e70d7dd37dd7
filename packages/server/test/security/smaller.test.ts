import { expect, it } from "vitest";
import { RawClient } from "./raw-client.ts";
import { createStage, type Stage } from "./stage.ts";

const large = "x".repeat(5_000);

/** A client that takes large frames loses its link, and comes back as one that takes frames of 2,000 bytes. Meanwhile, something happens. */
async function comeBackSmaller(
  stage: Stage,
  meanwhile: (session: Stage["server"]["sessions"] extends Iterable<infer S> ? S : never) => void,
  window?: number,
): Promise<RawClient> {
  const [client, { session }] = await RawClient.welcomed(stage.url, {
    credential: "ada",
    ...(window !== undefined && { window }),
  });
  client.say(["ack", 0]);
  const own = [...stage.server.sessions].find(({ identity }) => identity.id === "ada");
  if (!own) throw new Error("no session of ada's");
  if (window !== undefined) meanwhile(own);
  client.socket.terminate();
  await client.closed;
  await expect.poll(() => own.phase).toBe("parked");
  if (window === undefined) meanwhile(own);
  const [back] = await RawClient.welcomed(stage.url, {
    session,
    received: 0,
    attempt: 2,
    credential: "ada",
    maxMessageBytes: 2_000,
  });
  return back;
}

it("what waits and is larger than a client takes when it comes back is TOO_LARGE, and the rest arrives", async () => {
  await using stage = await createStage();
  const fates: Promise<unknown>[] = [];
  const back = await comeBackSmaller(stage, (session) => {
    for (const text of [large, "small"]) {
      fates.push(session.emit("news", text).catch((error: { code: string }) => error.code));
    }
  });
  expect(await back.next()).toMatchObject(["data", 1, [["event", "news", "small"]]]);
  back.say(["ack", 1]);
  expect(await Promise.all(fates)).toEqual(["TOO_LARGE", undefined]);
  await stage.bystanderIsFine();
});

it("what was told to many, and is larger than one of them takes when it comes back, loses that one its outbox", async () => {
  await using stage = await createStage();
  const events: string[] = [];
  for (const name of ["parked", "resumed"] as const) stage.server.on(name, () => events.push(name));
  const back = await comeBackSmaller(stage, () => void stage.server.emit("news", large));
  expect(await back.closed).toBe(4301);
  expect(events).toEqual(["parked", "resumed", "parked"]);
  await stage.bystanderIsFine();
});

it("so does what was written, and may not be written again", async () => {
  await using stage = await createStage();
  const back = await comeBackSmaller(
    stage,
    (session) => void session.emit("news", large).catch(() => {}),
    262_144,
  );
  expect(await back.closed).toBe(4301);
  await stage.bystanderIsFine();
});

it("an answer that waited for room, and is larger than its asker takes now, is told to be", async () => {
  await using stage = await createStage({ outboxBytes: 10_000 });
  const [client, { session }] = await RawClient.welcomed(stage.url, { credential: "ada", window: 100 });
  client.say(["ack", 0]);
  const own = [...stage.server.sessions].find(({ identity }) => identity.id === "ada");
  for (let n = 0; n < 19; n++) void own?.emit("news", "y".repeat(480)).catch(() => {});
  client.say(["data", 1, [["call", 1, "echo", large]]]);
  // Answered, and acknowledged: but there is no room for the answer.
  for (let acked = 0; acked < 1;) {
    const frame = (await client.next()) as unknown[];
    acked = Number(frame[0] === "ack" ? frame[1] : (frame[3] ?? 0));
  }
  client.socket.terminate();
  await client.closed;
  await expect.poll(() => own?.phase).toBe("parked");
  const hello = { session, received: 0, attempt: 2, credential: "ada", maxMessageBytes: 2_000 };
  const [back] = await RawClient.welcomed(stage.url, hello);
  const records: unknown[][] = [];
  while (records.length < 20) {
    const [name, offset, some] = (await back.next()) as [string, number, unknown[][]];
    if (name !== "data") continue;
    expect(JSON.stringify(some).length).toBeLessThan(2_000);
    records.push(...some);
    back.say(["ack", offset + some.length - 1]);
  }
  expect(records.at(-1)).toEqual(["error", 1, { code: "TOO_LARGE", message: "5015 bytes" }]);
  await stage.bystanderIsFine();
});
