import { HoldfastError } from "@holdfast/core";
import { describe, expect, it } from "vitest";
import { createWorld, fate, onlySession } from "./world.ts";

type World = ReturnType<typeof createWorld>;

/** The server forgets everything: every session is ended under its client, which still names it. */
async function loseState({ server, network, pass }: World): Promise<void> {
  network.cut();
  await pass(2);
  // What stands in for a restart: time without a link.
  network.refuse();
  await pass(130_000);
  void server;
  network.heal();
  await pass(60_000);
}

describe("a lost session", () => {
  it("socketio/socket.io#4964: leaves nobody waiting: what is in doubt fails, and is told one by one", async () => {
    const world = createWorld({ handlers: { echo: () => new Promise(() => {}) } });
    const { client, pass } = world;
    const lost: unknown[] = [];
    client.session.on("lost", (event) => lost.push(event));
    await pass();
    const echo = fate(client.call("echo", "hi", { timeoutMs: 1_000_000 }));
    await pass();
    await loseState(world);
    expect(HoldfastError.is(echo.now, "SESSION_LOST") && echo.now.inDoubt).toBe(true);
    expect(lost).toEqual([{ reason: "expired", inDoubt: [{ kind: "call", name: "echo", payload: "hi" }] }]);
  });

  it("subscriptions-transport-ws#458: runs nothing twice that was not declared idempotent", async () => {
    let runs = 0;
    const world = createWorld({
      handlers: {
        echo: () => {
          runs++;
          return new Promise(() => {});
        },
      },
    });
    await world.pass();
    void world.client.call("echo", "pay", { timeoutMs: 1_000_000 }).catch(() => {});
    await world.pass();
    await loseState(world);
    expect(runs).toBe(1);
  });

  it("asks again what is idempotent, and answers", async () => {
    const answers: (() => void)[] = [];
    const world = createWorld({
      handlers: { put: (n) => new Promise((resolve) => answers.push(() => resolve(n + 1))) },
    });
    await world.pass();
    const put = fate(world.client.call("put", 7, { timeoutMs: 1_000_000 }));
    await world.pass();
    await loseState(world);
    expect(answers).toHaveLength(2);
    for (const answer of answers) answer();
    await world.pass();
    expect(put.now).toBe(8);
  });

  it("sends all of it again, even if what was acknowledged and not answered leaves no room in the outbox", async () => {
    let isStuck = true;
    const world = createWorld({
      client: { outbox: { maxBytes: 100 } },
      handlers: {
        put: (n) => (isStuck ? new Promise(() => {}) : n),
        async *count(to, { since = 0 }) {
          for (let n = since + 1; n <= to; n++) {
            yield n;
            if (isStuck) await new Promise(() => {});
          }
        },
      },
    });
    const { client, network, pass, got } = world;
    const lost: unknown[] = [];
    client.session.on("lost", (event) => lost.push(event));
    await pass();
    const puts = [1, 2, 3, 4].map((n) => fate(client.call("put", n, { timeoutMs: 1_000_000 })));
    await pass();
    const items: number[] = [];
    void (async () => {
      for await (const n of client.stream("count", 3)) items.push(n);
    })();
    await pass();
    expect([client.bufferedBytes, items]).toEqual([0, [1]]);
    network.cut();
    const says = [11, 12, 13, 14].map((n) => fate(client.emit("say", n)));
    isStuck = false;
    await loseState(world);
    expect([puts.map(({ now }) => now), says.map(({ now }) => now), items]).toEqual([
      [1, 2, 3, 4],
      ["done", "done", "done", "done"],
      [1, 2, 3],
    ]);
    expect(got).toEqual([11, 12, 13, 14]);
    expect(lost).toEqual([{ reason: "expired", inDoubt: [] }]);
  });

  it("what a handler says when it is aborted comes behind what was said before", async () => {
    const world = createWorld({
      client: {
        handlers: {
          locate: (_, { signal }) => {
            signal.addEventListener("abort", () => void world.client.emit("say", 99));
            return new Promise(() => {});
          },
        },
      },
    });
    const { client, server, network, pass, got } = world;
    await pass();
    void onlySession(server.sessions)
      .call("locate", undefined, { timeoutMs: 1_000_000 })
      .catch(() => {});
    await pass();
    network.cut();
    for (const n of [1, 2, 3]) void client.emit("say", n);
    await loseState(world);
    expect(got).toEqual([1, 2, 3, 99]);
  });

  it("an answer of the old session never reaches a call of the new one", async () => {
    const answers: ((text: string) => void)[] = [];
    const world = createWorld({
      handlers: { echo: (text) => new Promise((resolve) => answers.push(() => resolve(`${text}!`))) },
    });
    await world.pass();
    void world.client.call("echo", "old", { timeoutMs: 1_000_000 }).catch(() => {});
    await world.pass();
    await loseState(world);
    const next = fate(world.client.call("echo", "new"));
    await world.pass();
    answers[0]?.("");
    await world.pass();
    expect(next.now).toBe("pending");
    answers[1]?.("");
    await world.pass();
    expect(next.now).toBe("new!");
  });

  it("sends without risk what was never written, in its order, before what is said later", async () => {
    const world = createWorld({ server: { resumeWithinMs: 1_000 } });
    const { client, network, got, pass } = world;
    await pass();
    network.refuse();
    network.cut();
    await pass(10);
    const fates = [1, 2, 3].map((n) => fate(client.emit("say", n)));
    await pass(5_000);
    network.heal();
    await pass(40_000);
    void client.emit("say", 4);
    await pass();
    expect([got, fates.map(({ now }) => now)]).toEqual([
      [1, 2, 3, 4],
      ["done", "done", "done"],
    ]);
  });

  it("fails what the server asked, and aborts the client's handlers", async () => {
    const signals: AbortSignal[] = [];
    const world = createWorld({
      client: {
        handlers: {
          locate: (_, { signal }) => {
            signals.push(signal);
            return new Promise(() => {});
          },
        },
      },
    });
    await world.pass();
    const located = fate(
      onlySession(world.server.sessions).call("locate", undefined, { timeoutMs: 1_000_000 }),
    );
    await world.pass();
    await loseState(world);
    expect(located.now).toMatchObject({ code: "SESSION_LOST", inDoubt: true });
    expect(signals[0]?.aborted).toBe(true);
  });

  it("trpc/trpc#4122, graphql-ws#85: goes on with its streams from where their readers are, and ends those without a cursor", async () => {
    const sinces: unknown[] = [];
    let reopened = 0;
    const world = createWorld({
      handlers: {
        async *count(_, { since, signal }) {
          sinces.push(since);
          yield (since ?? 0) + 1;
          yield (since ?? 0) + 2;
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
        },
        async *ticks(_, { signal }) {
          yield 1;
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
        },
      },
    });
    const { client, pass } = world;
    const counted: number[] = [];
    void (async () => {
      for await (const n of client.stream("count", 9, { onReopen: () => reopened++ })) counted.push(n);
    })();
    const ticks = client.stream("ticks");
    await pass();
    const first = fate(ticks.next());
    await pass();
    const second = fate(ticks.next());
    await loseState(world);
    expect([counted, sinces, reopened]).toEqual([[1, 2, 3, 4], [undefined, 2], 1]);
    expect(first.now).toEqual({ done: false, value: 1 });
    expect(second.now).toMatchObject({ code: "SESSION_LOST", inDoubt: true });
  });

  it("rails#35524: is followed by opened, in which an app catches up; rooms are not carried over", async () => {
    const world = createWorld();
    const { client, server, pass } = world;
    const seen: string[] = [];
    for (const name of ["opened", "lost", "resumed"] as const) client.session.on(name, () => seen.push(name));
    await pass();
    onlySession(server.sessions).join("readers");
    await loseState(world);
    expect(seen).toEqual(["opened", "lost", "opened"]);
    expect([...onlySession(server.sessions).rooms]).toEqual([]);
  });

  it("is told when the link is open: whoever hears of it says again what is in doubt, also where nothing may be said while it is down", async () => {
    const asked: string[] = [];
    const world = createWorld({
      client: { outbox: { whileDown: "reject" } },
      handlers: {
        echo(text) {
          asked.push(text);
          return asked.length === 1 ? new Promise<string>(() => {}) : text;
        },
      },
    });
    const { client, pass } = world;
    await pass();
    const first = fate(client.call("echo", "hi", { timeoutMs: 1_000_000 }));
    await pass();
    let again: ReturnType<typeof fate> | undefined;
    client.session.on("lost", ({ inDoubt }) => {
      expect(inDoubt).toEqual([{ kind: "call", name: "echo", payload: "hi" }]);
      again = fate(client.call("echo", inDoubt[0]?.payload as string));
    });
    await loseState(world);
    expect([first.now, again?.now]).toMatchObject([{ code: "SESSION_LOST", inDoubt: true }, "hi"]);
  });
});
