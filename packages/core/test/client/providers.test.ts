import { describe, expect, it } from "vitest";
import type { Attempt } from "../../src/index.ts";
import { codeOf, createWorld, url } from "./world.ts";

const exact = { backoff: { jitter: "none", initialMs: 100 } } as const;

describe("a provider", () => {
  it("is asked before every dial, with the attempt and the reason (pladaria#132, pladaria#172)", async () => {
    const { connect, transport, clock } = createWorld();
    const asked: string[] = [];
    connect(({ attempt, why }) => `${url}?n=${attempt}&${why.kind}`, {
      ...exact,
      protocols: async ({ attempt }) => {
        asked.push(`protocols ${attempt}`);
        return [`token-${attempt}`];
      },
      headers: ({ attempt }) => ({ "x-attempt": `${attempt}` }),
    });
    await clock.settle();
    expect(transport.last.request).toEqual({
      url: `${url}?n=1&asked`,
      protocols: ["token-1"],
      headers: { "x-attempt": "1" },
    });
    transport.last.fail();
    await clock.advanceAsync(100);
    expect(transport.last.request).toMatchObject({ url: `${url}?n=2&closed`, protocols: ["token-2"] });
    expect(asked).toEqual(["protocols 1", "protocols 2"]);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("no token");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no token"))],
    ["gives no URL", () => "nonsense"],
  ])(
    "pladaria#134, react-use-websocket#223: one that %s is a failed attempt, not a dead socket",
    async (_, provider) => {
      const { connect, transport, clock, log } = createWorld();
      let isBroken = true;
      const connection = connect(() => (isBroken ? provider() : url) as string, exact);
      await clock.settle();
      expect(connection.state).toMatchObject({ phase: "waiting", attempt: 2 });
      expect(log.some(({ message }) => message === "link lost")).toBe(true);
      isBroken = false;
      await clock.advanceAsync(100);
      transport.last.open();
      expect(connection.state.name).toBe("OPEN");
    },
  );

  it("that never answers is abandoned after dialTimeoutMs, and its late answer dials nothing (liveblocks#1459)", async () => {
    const { connect, transport, clock } = createWorld();
    let answer: (url: string) => void = () => {};
    const signals: AbortSignal[] = [];
    connect(
      ({ signal }: Attempt) => {
        signals.push(signal);
        return new Promise<string>((resolve) => (answer = resolve));
      },
      { ...exact, dialTimeoutMs: 1_000 },
    );
    const late = answer;
    await clock.advanceAsync(1_000);
    expect(signals[0]?.aborted).toBe(true);
    late(url);
    await clock.settle();
    expect(transport.links).toHaveLength(0);
    await clock.advanceAsync(100);
    answer(url);
    await clock.settle();
    expect(transport.links).toHaveLength(1);
  });

  it("that always throws does not spin, even without any backoff: every attempt waits for a timer", async () => {
    const { connect, clock } = createWorld();
    let asked = 0;
    const connection = connect(
      () => {
        asked++;
        throw new Error("no token");
      },
      { backoff: { initialMs: 0 } },
    );
    expect(asked).toBe(1);
    expect(connection.state.phase).toBe("dialing");
    // Whoever waits for a timer has their turn.
    clock.schedule(0, () => void connection.close());
    await clock.settle();
    expect(asked).toBeLessThan(4);
    expect(clock.pending).toBe(0);
  });

  it("is not asked again, nor its answer used, after close()", async () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(async () => url);
    await connection.close();
    await clock.advanceAsync(60_000);
    expect(transport.links).toHaveLength(0);
    expect(clock.pending).toBe(0);
  });
});

describe("construction refuses", () => {
  const { connect } = createWorld({ hasPing: false });
  const bad = (options: object): string => codeOf(() => connect(url, options));

  it.each(["", "nonsense", "ftp://x", "ws://", "/relative", "ws://x/#hash"])("the URL %j", (text) => {
    expect(codeOf(() => connect(text))).toBe(
      `CONFIG: url must be a ws or http URL, no fragment, but is "${text}"`,
    );
  });

  it.each([
    [{ backoff: { initialMs: -1 } }, "backoff.initialMs must be a number from 0, but is -1"],
    [{ backoff: { factor: "2" } }, 'backoff.factor must be a number from 0, but is "2"'],
    [{ backoff: { jitter: "some" } }, 'backoff.jitter must be full or none, but is "some"'],
    [{ dialTimeoutMs: NaN }, "dialTimeoutMs must be a number from 0, but is NaN"],
    [{ outbox: { overflow: "drop" } }, 'outbox.overflow must be throw or drop-oldest, but is "drop"'],
    [{ outbox: { maxBytes: -1 } }, "outbox.maxBytes must be a number from 0, but is -1"],
    [{ start: "now" }, 'start must be eager or lazy or manual, but is "now"'],
    [{ protocols: ["a b"] }, "protocols must be HTTP tokens, none twice, but is a b"],
    [{ protocols: ["a", "a"] }, "protocols must be HTTP tokens, none twice, but is a,a"],
    [{ log: "loud" }, 'log must be warn or debug or info or error or off or {write}, but is "loud"'],
    [{ messages: { incoming: {} } }, "messages.incoming must be a zod 4 schema, but is [object Object]"],
    [{ heartbeat: { intervalMs: 1 } }, "heartbeat.ping must be text, bytes or a function, but is undefined"],
    [{ heartbeat: { intervalMs: 0, ping: "?" } }, "heartbeat.intervalMs must be a number from 1, but is 0"],
    [
      { heartbeat: { intervalMs: 9, timeoutMs: 0, ping: "?" } },
      "heartbeat.timeoutMs must be a number from 1, but is 0",
    ],
    [{ backoff: "off" }, 'backoff must be an object or a function, but is "off"'],
    [{ outbox: "off" }, 'outbox must be an object, but is "off"'],
    [{ outbox: null }, "outbox must be an object, but is null"],
    [{ format: null }, "format must be json or text or {encode, decode}, but is null"],
    [{ format: {} }, "format must be json or text or {encode, decode}, but is [object Object]"],
    [{ log: null }, "log must be warn or debug or info or error or off or {write}, but is null"],
    [{ log: {} }, "log must be warn or debug or info or error or off or {write}, but is [object Object]"],
    [{ messages: null }, "messages must be an object, but is null"],
    [{ messages: { incoming: "x" } }, 'messages.incoming must be a zod 4 schema, but is "x"'],
    [{ messages: { incoming: null } }, "messages.incoming must be a zod 4 schema, but is null"],
    [{ messages: { incomming: {} } }, "messages.incomming must be left out, but is [object Object]"],
    [{ protocols: 5 }, "protocols must be HTTP tokens, none twice, but is 5"],
    [{ signal: {} }, "signal must be an AbortSignal {addEventListener}, but is [object Object]"],
    [{ heartbeat: { intervalMs: -5, ping: "?" } }, "heartbeat.intervalMs must be a number from 1, but is -5"],
    [{ greet: "hello" }, 'greet must be a function, but is "hello"'],
    [{ verdict: "retry" }, 'verdict must be a function, but is "retry"'],
    [{ format: "xml" }, 'format must be json or text or {encode, decode}, but is "xml"'],
    [{ backoff: 5 }, "backoff must be an object or a function, but is 5"],
  ])("%j", (options, message) => {
    expect(bad(options)).toBe(`CONFIG: ${message}`);
  });

  it("nothing where nothing is said: an option that is undefined is left out", () => {
    const none = { backoff: undefined, outbox: { maxBytes: undefined }, messages: { incoming: undefined } };
    expect(bad({ ...none, heartbeat: undefined, signal: undefined, protocols: undefined })).toBe(
      "nothing thrown",
    );
  });

  it("takes http and https URLs, and relative ones where there is a page", () => {
    const world = createWorld({ base: "https://app.example/inbox/" });
    world.connect("../ws?x=1");
    expect(world.transport.last.request.url).toBe("wss://app.example/ws?x=1");
    world.connect("HTTP://Other.example/a b");
    expect(world.transport.last.request.url).toBe("ws://Other.example/a b");
  });

  it.each([undefined, null])(
    "takes %j for no URL where there is a page, and not for a path",
    async (none) => {
      const world = createWorld({ base: "https://app.example/inbox/" });
      const words = `CONFIG: url must be a ws or http URL, no fragment, but is "${none}"`;
      expect(codeOf(() => world.connect(none as unknown as string))).toBe(words);
      const asked = world.connect(async () => none as unknown as string);
      await world.clock.settle();
      expect(asked.state).toMatchObject({ phase: "waiting", why: { error: { message: words } } });
      expect(world.transport.links).toHaveLength(0);
    },
  );
});
