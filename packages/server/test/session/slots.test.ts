import { describe, expect, it } from "vitest";
import { createWorld, fate, type World } from "./world.ts";

/** A server that may answer one call at a time, and its handler answers when it is told to. */
function createNarrow(): World & { readonly answers: (() => void)[]; readonly logged: string[] } {
  const answers: (() => void)[] = [];
  const logged: string[] = [];
  const world = createWorld({
    handlers: { echo: (text) => new Promise((resolve) => answers.push(() => resolve(text))) },
    server: { limits: { callsInFlight: 1 }, log: { write: ({ message }) => void logged.push(message) } },
  });
  return { ...world, answers, logged };
}

describe("a call that waits for a slot", () => {
  it("begins to wait anew when its link is lost meanwhile: it comes again, and what is over is not held against it", async () => {
    const { client, network, pass, answers } = createNarrow();
    await pass();
    const fates = ["a", "b"].map((text) => fate(client.call("echo", text)));
    await pass(500);
    network.refuse();
    network.cut();
    // The second in which it would have waited ends without it.
    await pass(1_000);
    network.heal();
    client.reconnect();
    await pass(500);
    expect(fates.map(({ now }) => now)).toEqual(["pending", "pending"]);
    answers[0]?.();
    await pass();
    answers[1]?.();
    await pass();
    expect(fates.map(({ now }) => now)).toEqual(["a", "b"]);
  });

  it("is told to the log; a client that says much, and asks for what there is a slot, is not", async () => {
    const { client, pass, answers, logged } = createNarrow();
    await pass();
    void client.call("echo", "a");
    for (let n = 0; n < 100; n++) {
      void client.emit("say", n);
      await pass(100);
    }
    answers[0]?.();
    await pass();
    expect(logged.filter((message) => message.includes("callsInFlight"))).toEqual([]);
  });
});
