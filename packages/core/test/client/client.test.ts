import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { scriptedTransport, virtualClock } from "../../../testing/src/index.ts";
import {
  type AnyClientOptions,
  type Attempt,
  call,
  type Client,
  createAnyClient,
  defineContract,
  event,
  type LogEntry,
  stream,
} from "../../src/index.ts";

const contract = defineContract({
  fromClient: {
    say: event(z.number()),
    tell: event(z.string()),
    feed: stream({ item: z.number() }),
    ask: call({ output: z.number() }),
  },
  fromServer: { news: event(z.number()) },
});

const terms = {
  generation: 1,
  window: 1_000,
  heartbeat: { intervalMs: 1_000, timeoutMs: 1_000 },
  resumeWithinMs: 1_000,
  maxMessageBytes: 1_024,
};

/** A client whose server is the test. `protocol`: what that chose. */
function createWorld(options: Partial<AnyClientOptions> = {}, protocol?: string) {
  const clock = virtualClock();
  const transport = scriptedTransport({ clock });
  const log: LogEntry[] = [];
  const adapter = {
    transport: {
      dial: (...dialled: Parameters<typeof transport.dial>) =>
        Object.assign(transport.dial(...dialled), protocol === undefined ? {} : { protocol }),
    },
    clock,
    hasPing: false,
    base: () => undefined,
    surroundings: { watch: () => () => {} },
  };
  const client = createAnyClient(adapter, contract, {
    url: "ws://a.test/",
    log: { write: (entry) => void log.push(entry) },
    backoff: { initialMs: 100, jitter: "none" },
    ...options,
  }) as unknown as Client<typeof contract>;
  return {
    clock,
    transport,
    client,
    told: () =>
      log.filter(({ level }) => level === "warn" || level === "error").map(({ message }) => message),
    /** The newest link opens, and is welcomed. */
    async welcome(more: object = {}): Promise<void> {
      transport.last.open();
      await clock.settle();
      const welcome = { session: { id: "s", token: "t" }, outcome: "opened", ...terms, ...more };
      transport.last.receive(JSON.stringify(["welcome", welcome]));
      await clock.settle();
    },
  };
}

describe("a client hangs up, and stops, where its server", () => {
  it("says something in bytes, or answers what was not asked like that", async () => {
    for (const said of [new Uint8Array([1]), '["data",1,[["result",1]]]']) {
      const { client, transport, clock, welcome } = createWorld();
      await welcome();
      void client
        .stream("feed")
        .next()
        .catch(() => {});
      await clock.settle();
      transport.last.receive(said);
      await clock.settle();
      expect(transport.last.hungUp?.code).toBe(4000);
      expect(client.state).toMatchObject({ phase: "ended", cause: { code: "PROTOCOL" } });
    }
  });

  it("chose another subprotocol: it is not told who we are", async () => {
    const { client, transport, clock } = createWorld({ credential: "secret" }, "other.1");
    transport.last.open();
    await clock.settle();
    expect([transport.last.hungUp?.code, transport.last.sent]).toEqual([4000, []]);
    expect(client.state).toMatchObject({ phase: "ended", cause: { code: "PROTOCOL" } });
  });

  it("takes what we say for none of its protocol", async () => {
    const { client, transport } = createWorld();
    transport.last.open();
    transport.last.close(1002, "", false);
    expect(client.state).toMatchObject({ phase: "ended", cause: { code: "PROTOCOL" } });
  });
});

describe("a client", () => {
  it("writes nothing to a link that its server is closing: it never was on its way", async () => {
    const { client, transport, clock, welcome } = createWorld();
    const doubts: unknown[] = [];
    client.session.on("lost", ({ inDoubt }) => doubts.push(...inDoubt));
    await welcome();
    transport.last.goodbye();
    void client.emit("say", 7);
    await clock.settle();
    transport.last.close(1012);
    await clock.advanceAsync(100);
    await welcome({ session: { id: "u", token: "v" }, outcome: "lost", reason: "unknown" });
    expect(doubts).toEqual([]);
    expect(transport.last.sent).toContain('["data",1,[["event","say",7]],0]');
  });

  it("dials where it is told to move to, once", async () => {
    const { transport, clock, welcome } = createWorld();
    await welcome();
    transport.last.receive('["drain",{"withinMs":0,"url":"ws://b.test/"}]');
    await clock.advanceAsync(10);
    transport.last.fail();
    await clock.advanceAsync(1_000);
    expect(transport.links.map(({ request }) => request.url)).toEqual([
      "ws://a.test/",
      "ws://b.test/",
      "ws://a.test/",
    ]);
  });

  it("dials there, too, when the link ends before it has moved", async () => {
    const { transport, clock, welcome } = createWorld();
    await welcome();
    transport.last.receive('["drain",{"withinMs":60000,"url":"ws://b.test/"}]');
    transport.last.close(4200);
    await clock.advanceAsync(1_000);
    expect(transport.last.request.url).toBe("ws://b.test/");
  });

  it("tells what it was handed before it goes to another link", async () => {
    const { client, transport, welcome } = createWorld();
    await welcome();
    const { sent } = transport.last;
    transport.last.receive('["data",1,[["event","news",1]]]');
    expect(sent).not.toContain('["ack",1]');
    client.reconnect();
    expect(sent.at(-1)).toBe('["ack",1]');
  });

  it("is closed by its signal, and stays so", async () => {
    const lifetime = new AbortController();
    const { client, transport, clock, welcome } = createWorld({ signal: lifetime.signal });
    await welcome();
    lifetime.abort();
    expect(transport.last.hungUp?.code).toBe(1000);
    transport.last.answerClose();
    client.reconnect();
    await clock.advanceAsync(10_000);
    expect([client.state.phase, transport.links.length, clock.pending]).toEqual(["ended", 1, 0]);
  });

  it("heeds its signal while there is a life, and lets go of it when that is over", async () => {
    const { signal } = new AbortController();
    const { client, transport, welcome } = createWorld({ signal });
    const heeding = (): number => getEventListeners(signal, "abort").length;
    await welcome();
    expect(heeding()).toBe(1);
    void client.close();
    transport.last.answerClose();
    expect(heeding()).toBe(0);
    client.reconnect();
    expect(heeding()).toBe(1);
  });

  it("answers no server that pings on and on and reads nothing: its answers would wait in the socket without a bound", async () => {
    const { transport, welcome } = createWorld();
    await welcome();
    const { last } = transport;
    const pongs = (): number => last.sent.filter((text) => text === "pong").length;
    last.bufferedBytes = 1_000_000;
    for (let i = 0; i < 3; i++) last.receive("ping");
    expect(pongs()).toBe(0);
    last.bufferedBytes = 0;
    last.receive("ping");
    expect(pongs()).toBe(1);
  });

  it("tells the log what the contract refuses", async () => {
    const { client, transport, welcome, told } = createWorld();
    const refused: unknown[] = [];
    client.session.on("invalid", ({ name, raw }) => refused.push([name, raw]));
    await welcome();
    transport.last.receive('["data",1,[["event","news","seven"],["event","olds"]]]');
    expect(refused).toEqual([
      ["news", "seven"],
      ["olds", undefined],
    ]);
    expect(told()).toEqual(["message refused", "message refused"]);
  });

  it("whose server speaks another contract fills no log: twenty are told, until something is delivered again", async () => {
    const { client, transport, welcome, told } = createWorld();
    let refused = 0;
    client.session.on("invalid", () => refused++);
    await welcome();
    const olds = Array.from({ length: 100 }, () => ["event", "olds"]);
    transport.last.receive(JSON.stringify(["data", 1, olds]));
    transport.last.receive(JSON.stringify(["volatile", olds]));
    expect([refused, told().length]).toEqual([200, 20]);
    transport.last.receive('["data",101,[["event","olds"]],0]');
    expect([refused, told().length]).toEqual([201, 21]);
  });

  it("takes no answer that breaks the contract: it fails, with what the schema says of it", async () => {
    const { client, transport, clock, welcome } = createWorld();
    await welcome();
    const asked = client.call("ask").catch((error: unknown) => error);
    await clock.settle();
    transport.last.receive('["data",1,[["result",1,"seven"]]]');
    expect(await asked).toMatchObject({
      code: "INVALID_MESSAGE",
      cause: { issues: [{ code: "invalid_type" }] },
    });
  });

  it("says nothing to a new session that is larger than its server takes: TOO_LARGE if it was never written", async () => {
    const { client, transport, clock, welcome } = createWorld();
    await welcome();
    const written = client.emit("tell", "w".repeat(600)).catch((error: unknown) => error);
    await clock.settle();
    transport.last.cut();
    const unwritten = client.emit("tell", "u".repeat(600)).catch((error: unknown) => error);
    const small = client.emit("tell", "small");
    await clock.advanceAsync(100);
    const session = { id: "u", token: "v" };
    await welcome({ session, outcome: "lost", reason: "expired", received: 0, maxMessageBytes: 500 });
    transport.last.receive('["ack",1]');
    await small;
    expect([await written, await unwritten]).toMatchObject([{ code: "TOO_LARGE" }, { code: "TOO_LARGE" }]);
    expect(transport.last.sent).toContain('["data",1,[["event","tell","small"]],0]');
  });

  it("tells the log of a provider that failed, and not of one that was told to give up", async () => {
    let asked = 0;
    const credential = ({ signal }: Attempt): unknown => {
      asked++;
      if (asked === 2) throw new Error("oops");
      if (asked < 3) return "ada";
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    };
    const { transport, clock, welcome, told } = createWorld({ credential });
    await welcome();
    transport.last.receive('["auth"]');
    await clock.settle();
    expect(told()).toEqual(["credential threw"]);
    transport.last.receive('["auth"]');
    await clock.settle();
    transport.last.cut();
    await clock.settle();
    expect([asked, told()]).toEqual([3, ["credential threw", "link lost"]]);
  });
});
