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
  const back = await comeBackSmaller(stage, () => void stage.server.emit("news", large));
  expect(await back.closed).toBe(4301);
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
