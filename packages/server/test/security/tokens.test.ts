import { afterEach, beforeEach, describe, expect, it } from "vitest";
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

/** Loses the link of a session that has said one thing, and tells what it takes to go on. */
async function lostSession(credential = "ada"): Promise<{ id: string; token: string }> {
  const [client, { session }] = await RawClient.welcomed(stage.url, { credential });
  client.say(["data", 1, [["event", "say", "first"]]]);
  await client.next();
  client.socket.terminate();
  await client.closed;
  return session;
}

describe("a token", () => {
  it("that is wrong, foreign or made up tells nothing and goes on with nothing", async () => {
    const own = await lostSession();
    const foreign = await lostSession("bob");
    for (const session of [
      { ...own, token: "x" },
      { ...own, token: foreign.token },
      { ...own, token: "" },
      { id: "never there", token: own.token },
      { id: "__proto__", token: own.token },
    ]) {
      const [, welcome] = await RawClient.welcomed(stage.url, {
        session,
        received: 0,
        attempt: 2,
        credential: "ada",
      });
      expect(welcome).toMatchObject({ outcome: "lost", reason: "unknown" });
      expect(welcome.received).toBeUndefined();
      expect(welcome.session.id).not.toBe(own.id);
    }
    // And it is still there for its owner.
    const [, resumed] = await RawClient.welcomed(stage.url, {
      session: own,
      received: 0,
      attempt: 2,
      credential: "ada",
    });
    expect(resumed).toMatchObject({ outcome: "resumed", received: 1 });
  });

  it("is good until the next one is known to have arrived, and not a frame longer", async () => {
    const first = await lostSession();
    const hello = { session: first, received: 0, credential: "ada" };
    const [unheard] = await RawClient.welcomed(stage.url, { ...hello, attempt: 2 });
    unheard.socket.terminate();
    const [client, { session: second }] = await RawClient.welcomed(stage.url, { ...hello, attempt: 3 });
    client.say(["ack", 0]);
    client.say(["data", 2, [["event", "say", "second"]]]);
    await client.next();
    client.socket.terminate();
    const [, replayed] = await RawClient.welcomed(stage.url, { ...hello, attempt: 4 });
    expect(replayed).toMatchObject({ outcome: "lost", reason: "unknown" });
    const [, resumed] = await RawClient.welcomed(stage.url, { ...hello, session: second, attempt: 5 });
    expect(resumed).toMatchObject({ outcome: "resumed", received: 2 });
  });

  it("with a position that cannot be ends the session, and its old link, which nobody has noticed is dead", async () => {
    const [old, { session }] = await RawClient.welcomed(stage.url, { credential: "ada" });
    old.say(["ack", 0]);
    const hello = { session, received: 5, credential: "ada", attempt: 2 };
    const [, lost] = await RawClient.welcomed(stage.url, hello);
    expect(lost).toMatchObject({ outcome: "lost", reason: "position" });
    expect(await old.closed).toBe(4009);
  });

  it("arrived if an auth came after it", async () => {
    const first = await lostSession();
    const hello = { session: first, received: 0, credential: "ada" };
    const [client, { session: second }] = await RawClient.welcomed(stage.url, { ...hello, attempt: 2 });
    client.say(["auth", "ada"]);
    expect(await client.next()).toEqual(["authenticated", {}]);
    client.socket.terminate();
    const [, replayed] = await RawClient.welcomed(stage.url, { ...hello, attempt: 3 });
    expect(replayed).toMatchObject({ outcome: "lost", reason: "unknown" });
    const [, resumed] = await RawClient.welcomed(stage.url, { ...hello, session: second, attempt: 4 });
    expect(resumed).toMatchObject({ outcome: "resumed" });
  });

  it("of another identity's session is no way into it", async () => {
    const session = await lostSession("ada");
    const [, welcome] = await RawClient.welcomed(stage.url, {
      session,
      received: 0,
      attempt: 2,
      credential: "bob",
    });
    expect(welcome).toMatchObject({ outcome: "lost", reason: "identity" });
    expect(welcome.received).toBeUndefined();
  });

  it("in two tabs belongs to the newer: the older is told 4009, and cannot come back with it", async () => {
    const [older, { session }] = await RawClient.welcomed(stage.url, { credential: "ada" });
    older.say(["ack", 0]);
    const [newer, welcome] = await RawClient.welcomed(stage.url, {
      session,
      received: 0,
      attempt: 2,
      credential: "ada",
    });
    expect([welcome.outcome, await older.closed]).toEqual(["resumed", 4009]);
    newer.say(["ack", 0]);
    const [, back] = await RawClient.welcomed(stage.url, {
      session,
      received: 0,
      attempt: 9,
      credential: "ada",
    });
    // The old token died with the newer tab's first frame, which may still be on its way.
    expect(["lost", "resumed"]).toContain(back.outcome);
  });

  it("does not help a dial that was overtaken: it is told 4009", async () => {
    const session = await lostSession();
    await RawClient.welcomed(stage.url, { session, received: 0, attempt: 5, credential: "ada" });
    const late = await RawClient.open(stage.url);
    late.hello({ session, received: 0, attempt: 4, credential: "ada" });
    expect(await late.closed).toBe(4009);
  });

  it("does not replace a credential", async () => {
    const session = await lostSession();
    const client = await RawClient.open(stage.url);
    client.hello({ session, received: 0, attempt: 2, credential: "nobody" });
    expect(await client.closed).toBe(4001);
  });
});

describe("a position", () => {
  it.each([2, 99, 2 ** 53 - 1])(
    "that cannot be (%d) loses the session, with what was received",
    async (received) => {
      const session = await lostSession();
      const [, welcome] = await RawClient.welcomed(stage.url, {
        session,
        received,
        attempt: 2,
        credential: "ada",
      });
      expect(welcome).toMatchObject({ outcome: "lost", reason: "position", received: 1 });
    },
  );
});
