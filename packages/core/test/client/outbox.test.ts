import { describe, expect, it } from "vitest";
import type { Connection } from "../../src/index.ts";
import { codeOf, createWorld, url } from "./world.ts";

const exact = { backoff: { jitter: "none", initialMs: 100 } } as const;

function drops(connection: Connection): unknown[] {
  const seen: unknown[] = [];
  connection.on("dropped", ({ message, reason }) => seen.push([message, reason]));
  return seen;
}

describe("the outbox", () => {
  it("holds what is sent before the link is open, and writes it in order", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    connection.send("1");
    connection.send("22");
    expect(connection.bufferedBytes).toBe(3);
    transport.last.open();
    connection.send("3");
    expect(transport.last.sent).toEqual(["1", "22", "3"]);
    expect(connection.bufferedBytes).toBe(0);
  });

  it("writes nothing twice: what went to one socket does not go to the next (pladaria#171)", () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, exact);
    transport.last.open();
    connection.send("1");
    transport.last.cut();
    connection.send("2");
    clock.advance(100);
    transport.last.open();
    expect(transport.links.map(({ sent }) => sent)).toEqual([["1"], ["2"]]);
  });

  it("one poison message blocks and repeats nothing: neither in the outbox nor sent directly", () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, exact);
    const dropped = drops(connection);
    for (const text of ["a", "poison", "b"]) connection.send(text);
    transport.last.poison = (data) => data === "poison";
    transport.last.open();
    expect(transport.last.sent).toEqual(["a", "b"]);
    expect(dropped).toEqual([["poison", "unsendable"]]);
    expect(codeOf(() => connection.send("poison"))).toMatch("INVALID_MESSAGE");
    connection.send("c");
    expect(transport.last.sent).toEqual(["a", "b", "c"]);
    transport.last.cut();
    clock.advance(100);
    transport.last.open();
    expect(transport.last.sent).toEqual([]);
  });

  it("pladaria#147: is bounded in bytes as they travel; a full one throws OUTBOX_FULL and loses nothing", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url, { outbox: { maxBytes: 5 } });
    connection.send("äö");
    expect(connection.bufferedBytes).toBe(4);
    expect(codeOf(() => connection.send("12"))).toMatch("OUTBOX_FULL");
    connection.send("1");
    transport.last.open();
    expect(transport.last.sent).toEqual(["äö", "1"]);
  });

  it("bounds empty messages as well", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url, { outbox: { maxBytes: 2 } });
    connection.send("");
    connection.send("");
    expect(codeOf(() => connection.send(""))).toMatch("OUTBOX_FULL");
    transport.last.open();
    expect(transport.last.sent).toEqual(["", ""]);
    expect(connection.bufferedBytes).toBe(0);
  });

  it("or gives the oldest away and tells so", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url, { outbox: { maxBytes: 3, overflow: "drop-oldest" } });
    const dropped = drops(connection);
    for (const text of ["1", "2", "3", "45"]) connection.send(text);
    expect(dropped).toEqual([
      ["1", "overflow"],
      ["2", "overflow"],
    ]);
    expect(codeOf(() => connection.send("too long"))).toMatch("OUTBOX_FULL");
    transport.last.open();
    expect(transport.last.sent).toEqual(["3", "45"]);
  });

  it("looks at a socket that does not keep up with one timer, however much waits, and leaves none", () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url);
    transport.last.open();
    transport.last.bufferedBytes = 262_144;
    const before = clock.pending;
    for (const text of ["1", "2", "3"]) connection.send(text);
    expect(clock.pending).toBe(before + 1);
    void connection.close();
    transport.last.answerClose();
    expect(clock.pending).toBe(0);
  });

  it("waits for the next link when this one is closing, though nobody was told of its end yet", () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, { backoff: { jitter: "none", initialMs: 100 } });
    const dropped = drops(connection);
    connection.send("1");
    transport.last.open();
    transport.last.goodbye();
    connection.send("2");
    expect([connection.state.name, connection.bufferedBytes]).toEqual(["OPEN", 1]);
    expect(transport.last.sent).toEqual(["1"]);
    transport.last.close(1012);
    clock.advance(100);
    transport.last.open();
    expect([transport.last.sent, dropped]).toEqual([["2"], []]);
  });

  it("keeps what waited while a greeting's link began to close", async () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, {
      backoff: { jitter: "none", initialMs: 100 },
      greet: async (link) => void (await link.next()),
    });
    connection.send("1");
    transport.last.open();
    transport.last.receive("welcome");
    transport.last.goodbye();
    await clock.settle();
    expect([connection.state.name, transport.last.sent]).toEqual(["OPEN", []]);
    transport.last.close(1012);
    clock.advance(100);
    transport.last.open();
    transport.last.receive("welcome");
    await clock.settle();
    expect(transport.last.sent).toEqual(["1"]);
  });

  it("of a link that is closing refuses and drops as whileDown says", () => {
    const { connect, transport } = createWorld();
    const refusing = connect(url, { outbox: { whileDown: "reject" } });
    transport.last.open();
    transport.last.goodbye();
    expect(codeOf(() => refusing.send("1"))).toMatch("LINK_DOWN");
    const dropping = connect(url, { outbox: { whileDown: "drop" } });
    const dropped = drops(dropping);
    transport.last.open();
    transport.last.goodbye();
    dropping.send("1");
    expect(dropped).toEqual([["1", "down"]]);
  });

  it("is dropped to the last when who hears of an overflow closes", async () => {
    const { connect } = createWorld();
    const connection = connect(url, { start: "manual", outbox: { maxBytes: 4, overflow: "drop-oldest" } });
    const dropped = drops(connection);
    connection.on("dropped", () => void connection.close());
    connection.send("old!");
    connection.send("new!");
    expect(dropped).toEqual([
      ["old!", "overflow"],
      ["new!", "closed"],
    ]);
    expect([connection.state.phase, connection.bufferedBytes]).toEqual(["ended", 0]);
    await connection.drained();
  });

  it("whileDown reject: throws LINK_DOWN until a link is open", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url, { outbox: { whileDown: "reject" } });
    expect(codeOf(() => connection.send("1"))).toMatch("LINK_DOWN");
    transport.last.open();
    connection.send("2");
    expect(transport.last.sent).toEqual(["2"]);
  });

  it("whileDown drop: gives it to `dropped`", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url, { outbox: { whileDown: "drop" } });
    const dropped = drops(connection);
    connection.send("1");
    transport.last.open();
    expect(dropped).toEqual([["1", "down"]]);
    expect(transport.last.sent).toEqual([]);
  });

  it("pladaria#110: bounds what waits on a link that does not keep up, and catches up when it does", async () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url, { outbox: { maxBytes: 10 } });
    transport.last.open();
    transport.last.bufferedBytes = 300_000;
    connection.send("12345");
    connection.send("67890");
    expect(codeOf(() => connection.send("x"))).toMatch("OUTBOX_FULL");
    expect(connection.bufferedBytes).toBe(300_010);
    const drained = connection.drained();
    transport.last.bufferedBytes = 0;
    await clock.advanceAsync(20);
    await drained;
    expect(transport.last.sent).toEqual(["12345", "67890"]);
    expect(connection.bufferedBytes).toBe(0);
  });

  it("keeps the order: what is sent while something waits does not overtake it", async () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url);
    transport.last.open();
    transport.last.bufferedBytes = 300_000;
    connection.send("1");
    transport.last.bufferedBytes = 0;
    connection.send("2");
    await clock.advanceAsync(20);
    expect(transport.last.sent).toEqual(["1", "2"]);
  });

  it("is emptied into an open link by close(): what was sent before goodbye is said before goodbye", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url);
    transport.last.open();
    transport.last.bufferedBytes = 300_000;
    connection.send("1");
    void connection.close();
    expect(transport.last.sent).toEqual(["1"]);
    expect(codeOf(() => connection.send("2"))).toMatch("CLOSED");
  });

  it.each(["drop", "reject"] as const)(
    "whileDown %s: what waited for a slow link is not sent on the next one",
    (whileDown) => {
      const { connect, transport, clock } = createWorld();
      const connection = connect(url, { ...exact, outbox: { whileDown } });
      const dropped = drops(connection);
      transport.last.open();
      transport.last.bufferedBytes = 300_000;
      connection.send("unsubscribe");
      transport.last.cut();
      clock.advance(100);
      transport.last.open();
      expect(dropped).toEqual([["unsubscribe", "down"]]);
      expect(transport.last.sent).toEqual([]);
    },
  );

  it("drained() resolves when the socket that held the rest is gone", async () => {
    const { connect, transport } = createWorld();
    const connection = connect(url, exact);
    transport.last.open();
    transport.last.bufferedBytes = 100;
    const drained = connection.drained();
    transport.last.cut();
    await drained;
  });

  it("of no size at all still lets through what an open link takes", () => {
    const { connect, transport } = createWorld();
    const connection = connect(url, { outbox: { maxBytes: 0 } });
    expect(codeOf(() => connection.send("x"))).toMatch("OUTBOX_FULL");
    transport.last.open();
    connection.send("y");
    expect(transport.last.sent).toEqual(["y"]);
  });

  it("is dropped by close(), message by message, and nobody waits for ever", async () => {
    const { connect, clock } = createWorld();
    const connection = connect(url);
    const dropped = drops(connection);
    connection.send("1");
    const drained = connection.drained();
    await connection.close();
    expect(dropped).toEqual([["1", "closed"]]);
    await expect(drained).rejects.toMatchObject({ code: "CLOSED" });
    expect(codeOf(() => connection.send("2"))).toMatch("CLOSED");
    expect(clock.pending).toBe(0);
  });

  it("drained() fails with why it gave up", async () => {
    const { connect, transport, clock } = createWorld();
    const connection = connect(url);
    connection.send("1");
    const drained = connection.drained().catch((error: unknown) => error);
    transport.last.bufferedBytes = 262_144;
    transport.last.open();
    transport.last.close(4003, "no");
    await clock.settle();
    expect(await drained).toBe((connection.state as { cause?: unknown }).cause);
  });

  it("drained() resolves at once when nothing waits, and gives up by signal and time", async () => {
    const { connect, clock, transport } = createWorld();
    const connection = connect(url);
    await connection.drained();
    connection.send("1");
    const reason = new Error("enough");
    await expect(connection.drained({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const timed = connection.drained({ timeoutMs: 50 });
    await clock.advanceAsync(50);
    await expect(timed).rejects.toMatchObject({ code: "TIMEOUT" });
    const drained = connection.drained();
    transport.last.open();
    await drained;
  });
});
