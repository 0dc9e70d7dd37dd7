import { call, type Client, createAnyClient, defineContract, event } from "@holdfast/core";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { SimulatedNetwork, virtualClock } from "../../../testing/src/index.ts";
import { type AnyServer, createAnyServer, type Server } from "../../src/host.ts";
import { fate, onlySession } from "./world.ts";

const contract = defineContract({
  fromClient: {
    say: event(z.number()),
    work: call({ input: z.number(), output: z.number() }),
  },
  fromServer: { locate: call({ output: z.string() }), news: event(z.number()) },
});

/** A deploy: new links reach the newest process, which knows nothing of the sessions of the one before. */
function createDeploy(seed = 1) {
  const clock = virtualClock({ seed });
  const said: number[] = [];
  let names = 0;
  const start = (): AnyServer =>
    createAnyServer(
      contract,
      { log: "off" },
      {
        say: (n: number) => void said.push(n),
        work: (ms: number) => later(ms, ms),
      },
      {
        clock,
        secrets: { id: () => `s${++names}`, token: () => `t${++names}`, hash: (token) => token },
        nextRound: queueMicrotask,
      },
    );
  const later = <T>(ms: number, what: T): Promise<T> =>
    new Promise((resolve) => {
      clock.schedule(ms, () => resolve(what));
    });
  let newest = start();
  const network = new SimulatedNetwork(clock, (link, request) => newest.accept(link, request));
  network.latencyMs = 20;
  const surroundings = { watch: () => () => {} };
  const client = createAnyClient(
    { transport: network, clock, surroundings, hasPing: false, base: () => undefined },
    contract,
    { url: "ws://server.test/", log: "off", handlers: { locate: () => later(1_500, "at home") } },
  ) as unknown as Client<typeof contract>;
  const doubts: unknown[] = [];
  client.session.on("lost", ({ inDoubt }) => doubts.push(...inDoubt));
  return {
    clock,
    client,
    /** The one that ran at first. */
    server: newest.server as unknown as Server<typeof contract>,
    network,
    said,
    doubts,
    /** The process that runs is replaced, and told to let go. */
    async deploy(withinMs: number): Promise<void> {
      const before = newest.server;
      newest = start();
      await before.drain({ withinMs });
      await before.close();
    },
  };
}

describe("a deploy", () => {
  it("leaves nothing in doubt: neither what is being said nor what is asked", async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { clock, client, said, doubts, network, deploy } = createDeploy(seed);
      await clock.advanceAsync(100);
      const deployed = fate(deploy(4_000));
      const fates = [];
      for (let n = 1; n <= 400; n++) {
        fates.push(fate(client.emit("say", n)), fate(client.call("work", (n * 7) % 150)));
        await clock.advanceAsync(10);
      }
      await clock.advanceAsync(2_000);
      expect(said).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
      const failed = fates.map(({ now }) => now).filter((now) => now !== "done" && typeof now !== "number");
      expect([failed, doubts, network.totalLinks, deployed.now]).toEqual([[], [], 2, "done"]);
    }
  });

  it("waits for what the server asks as well", async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { clock, server, doubts, deploy } = createDeploy(seed);
      await clock.advanceAsync(100);
      const located = fate(onlySession(server.sessions).call("locate"));
      void deploy(8_000);
      await clock.advanceAsync(10_000);
      expect([located.now, doubts]).toEqual(["at home", []]);
    }
  });

  it("has an answer out before the link is let go, and holds nothing else up meanwhile", async () => {
    const { clock, client, said, deploy } = createDeploy();
    await clock.advanceAsync(100);
    const work = fate(client.call("work", 1_500));
    await clock.advanceAsync(100);
    void deploy(10_000);
    for (let n = 1; n <= 10; n++) {
      void client.emit("say", n);
      await clock.advanceAsync(100);
      expect(said.length).toBe(n);
    }
    await clock.advanceAsync(10_000);
    expect(work.now).toBe(1_500);
  });
});

/** A server that drains, and one client of it as raw frames. */
async function createDrain({ intervalMs = 25_000, say = (): unknown => undefined } = {}) {
  const clock = virtualClock();
  const { server, accept } = createAnyServer(
    contract,
    { log: "off", heartbeat: { intervalMs, timeoutMs: 10_000 }, limits: { handlersInFlight: 1 } },
    { say, work: () => 1 },
    {
      clock,
      secrets: { id: () => "s", token: () => "t", hash: (token) => token },
      nextRound: queueMicrotask,
    },
  );
  const frames: string[] = [];
  const codes: number[] = [];
  const end = accept(
    {
      sendAll: (texts) => void frames.push(...texts),
      close: (code) => void codes.push(code),
      terminate() {},
      bufferedBytes: 0,
      drainedBytes: 0,
      readBytes: 0,
    },
    undefined,
  );
  end.message('["hello",{"version":1,"attempt":1,"window":100000,"maxMessageBytes":100000}]');
  await clock.advanceAsync(10);
  end.message('["ack",0]');
  frames.length = 0;
  return { clock, server, end, frames, codes };
}

const notice = '["drain",{"withinMs":0}]';

describe("who is let go", () => {
  it("is given no more room, and asked to move when what was on its way has arrived", async () => {
    const { clock, server, end, frames } = await createDrain();
    void server.drain({ withinMs: 8_000 });
    while (!frames.length) await clock.advanceAsync(10);
    expect(frames).toEqual(['["ack",0,0]', "ping"]);
    end.message('["data",1,[["event","say",1]]]');
    await clock.advanceAsync(10);
    expect(frames).toEqual(['["ack",0,0]', "ping", '["ack",1]']);
    end.message("pong");
    await clock.advanceAsync(0);
    expect(frames.at(-1)).toBe(notice);
  });

  it("takes what it is told after that down with its session, and whoever told it hears of it", async () => {
    const { clock, server, end, frames } = await createDrain();
    const session = onlySession((server as unknown as Server<typeof contract>).sessions);
    void server.drain({ withinMs: 8_000 });
    while (!frames.includes(notice)) await clock.advanceAsync(10);
    const told = fate(session.emit("news", 1));
    end.closed({ code: 4200, reason: "", wasClean: true });
    void server.close();
    await clock.advanceAsync(10);
    expect(told.now).toMatchObject({ code: "SESSION_LOST", inDoubt: false });
  });

  it("is not taken for done when it answers a ping that was sent before", async () => {
    const { clock, server, end, frames } = await createDrain({ intervalMs: 100 });
    await clock.advanceAsync(150);
    expect(frames).toEqual(["ping"]);
    void server.drain({ withinMs: 8_000 });
    while (!frames.includes('["ack",0,0]')) await clock.advanceAsync(10);
    end.message("pong");
    await clock.advanceAsync(10);
    expect(frames).not.toContain(notice);
    end.message("pong");
    await clock.advanceAsync(10);
    expect(frames).toContain(notice);
  });

  it("is not asked to move while what has arrived waits for a handler", async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { clock, server, end, frames } = await createDrain({ say: () => held });
    void server.drain({ withinMs: 8_000 });
    while (!frames.length) await clock.advanceAsync(10);
    end.message('["data",1,[["event","say",1],["event","say",2]]]');
    end.message("pong");
    await clock.advanceAsync(500);
    expect(frames.slice(2)).toEqual(['["ack",1]']);
    release();
    await clock.advanceAsync(0);
    expect(frames.slice(3)).toEqual(['["ack",2]', notice]);
  });

  it("has its time again when the server stood still: what it said meanwhile is here, and unread", async () => {
    const { clock, server, end, frames } = await createDrain();
    void server.drain({ withinMs: 8_000 });
    while (!frames.length) await clock.advanceAsync(10);
    clock.stall(2_000);
    await clock.advanceAsync(0);
    expect(frames).toEqual(['["ack",0,0]', "ping"]);
    end.message('["data",1,[["event","say",1]]]');
    end.message("pong");
    await clock.advanceAsync(0);
    expect(frames.slice(2)).toEqual(['["ack",1]', notice]);
  });

  it("is nobody where nobody is: drain() is through at once, and takes no time that is none", async () => {
    const { clock, server, end } = await createDrain();
    for (const withinMs of [-1, 0.5, NaN, Infinity]) {
      await expect(server.drain({ withinMs })).rejects.toThrow(/CONFIG: withinMs must be a whole number/);
    }
    end.closed({ code: 1001, reason: "", wasClean: true });
    const drained = fate(server.drain());
    await clock.advanceAsync(0);
    expect(drained.now).toBe("done");
  });

  it("is told where to dial next, if that is known", async () => {
    const { clock, server, end, frames } = await createDrain();
    for (const url of ["b.test", "ftp://b.test/", "ws://b.test/#here", 7]) {
      await expect(server.drain({ url: url as string })).rejects.toThrow(
        /CONFIG: url must be a ws or http URL/,
      );
    }
    void server.drain({ withinMs: 80_000, url: "wss://b.test/live" });
    // Asked again, with less time: that goes for where to dial no less.
    void server.drain({ withinMs: 8_000 });
    while (!frames.length) await clock.advanceAsync(10);
    end.message("pong");
    await clock.advanceAsync(10);
    expect(frames.at(-1)).toBe('["drain",{"withinMs":0,"url":"wss://b.test/live"}]');
  });

  it("is told where to dial next also when there was no time to ask", async () => {
    const { clock, server, frames, codes } = await createDrain();
    // No round number, as the time of a process is none.
    await clock.advanceAsync(182.2);
    void server.drain({ withinMs: 8_000, url: "wss://b.test/live" });
    clock.stall(9_000);
    await clock.advanceAsync(0);
    expect([frames.at(-1), codes]).toEqual(['["drain",{"withinMs":8000,"url":"wss://b.test/live"}]', [4200]]);
  });

  it("is asked to move in any case, and hung up in the end", async () => {
    const { clock, server, frames, codes } = await createDrain();
    const drained = fate(server.drain({ withinMs: 8_000 }));
    await clock.advanceAsync(7_000);
    expect([frames.at(-1), codes]).toEqual([notice, []]);
    await clock.advanceAsync(1_000);
    expect([codes, drained.now]).toEqual([[4200], "done"]);
  });

  it("has less time when the server is asked again, with less", async () => {
    const { clock, server, frames, codes } = await createDrain();
    const first = fate(server.drain({ withinMs: 80_000 }));
    const second = fate(server.drain({ withinMs: 800 }));
    await clock.advanceAsync(700);
    expect(frames.at(-1)).toBe(notice);
    await clock.advanceAsync(100);
    expect(codes).toEqual([4200]);
    // Nobody is left: whoever asked first waits no longer either.
    expect([first.now, second.now]).toEqual(["done", "done"]);
  });

  it("has had its events handled when the drain is over, also those of a session that is", async () => {
    const ends: (() => void)[] = [];
    const { clock, server, end, codes } = await createDrain({
      say: () => new Promise<void>((resolve) => ends.push(resolve)),
    });
    end.message('["data",1,[["event","say",1]]]');
    await clock.advanceAsync(10);
    end.closed({ code: 1000, reason: "", wasClean: true });
    const drained = fate(server.drain({ withinMs: 8_000 }));
    await clock.advanceAsync(7_000);
    expect([[...server.sessions], drained.now]).toEqual([[], "pending"]);
    for (const through of ends) through();
    await clock.advanceAsync(0);
    expect([drained.now, codes]).toEqual(["done", []]);
  });

  it("is waited for no longer than whoever has the least time says, be its events handled or not", async () => {
    const { clock, server, end, codes } = await createDrain({ say: () => new Promise(() => {}) });
    end.message('["data",1,[["event","say",1]]]');
    const first = fate(server.drain({ withinMs: 80_000 }));
    const second = fate(server.drain({ withinMs: 800 }));
    await clock.advanceAsync(799);
    expect([first.now, second.now]).toEqual(["pending", "pending"]);
    await clock.advanceAsync(1);
    expect([codes, first.now, second.now]).toEqual([[4200], "done", "done"]);
  });
});
