import { describe, expect, it } from "vitest";
import { encodeData } from "../../src/protocol/encode.ts";
import { frameOverheadBytes, type Outgoing, Outbox, type Ticket } from "../../src/session/outbox.ts";
import { Session, type Violation } from "../../src/session/session.ts";
import { End, type Faults, Pair } from "./pair.ts";

const limits = { outboxBytes: 400, windowBytes: 150, frameBytes: 80 };
const peer = { window: 150, maxMessageBytes: 1_000 };

function record(ticket: number, bytes = 10): Outgoing {
  return { ticket: ticket as Ticket, text: `${ticket}`, bytes, kind: "event", idempotent: false };
}

function fail(seed: number, got: readonly number[]): never {
  throw new Error(`seed ${seed}: handed over ${got.slice(-5).join(", ")} as number ${got.length}`);
}

/** Everything one seed shows. A failing seed replays exactly. */
function play(seed: number, faults: Faults): Pair {
  const pair = new Pair(seed, limits, faults);
  for (let step = 0; step < 400; step++) {
    pair.step();
    // A prefix of what was sent: no gap, no double, no reorder. Numbers are sent in order, so the newest tells.
    for (const { got } of [pair.a, pair.b]) if (got.at(-1) !== (got.length || undefined)) fail(seed, got);
  }
  pair.heal();
  for (const [from, to] of [
    [pair.a, pair.b],
    [pair.b, pair.a],
  ] as const) {
    expect(to.got, `seed ${seed}`).toEqual(from.sent);
    expect(from.acked.size, `seed ${seed}`).toBe(from.sent.length);
    expect(from.maxBufferedBytes, `seed ${seed}`).toBeLessThanOrEqual(limits.outboxBytes);
    expect(from.session.bufferedBytes, `seed ${seed}`).toBe(0);
  }
  return pair;
}

describe("two ends of a session", () => {
  it.each<[string, Faults]>([
    ["a calm network", { drop: 0, double: 0, replay: 0, cut: 0 }],
    ["links that are lost", { drop: 0, double: 0, replay: 0, cut: 0.05 }],
    ["a storm of cuts", { drop: 0, double: 0, replay: 0, cut: 0.4 }],
    ["frames that are doubled and replayed", { drop: 0, double: 0.2, replay: 0.2, cut: 0.02 }],
    ["frames that are dropped", { drop: 0.1, double: 0.1, replay: 0.1, cut: 0.05 }],
  ])("deliver everything once and in order over %s", (_, faults) => {
    for (let seed = 1; seed <= 400; seed++) {
      const { violations } = play(seed, faults);
      // Only frames that are dropped, or replayed before their turn, make gaps; nobody who keeps the window is a flood.
      expect(
        violations.filter((violation) => !(faults.drop || faults.replay) || violation.code === 4000),
        `seed ${seed}`,
      ).toEqual([]);
    }
  });

  it("write nothing again that was handed over: a resume costs one round trip", () => {
    const { a, b, ...pair } = new Pair(1, limits, { drop: 0, double: 0, replay: 0, cut: 0 });
    void pair;
    for (let i = 0; i < 3; i++) a.send(10);
    for (const writing of a.writings(true)) b.receive(writing);
    b.handOver(2);
    a.session.detach();
    b.session.detach();
    a.settle(a.session.attach(b.session.position, peer));
    b.settle(b.session.attach(a.session.position, peer));
    expect([...a.writings(true)]).toMatchObject([{ batch: { offset: 3, records: [{ text: "3" }] } }]);
  });
});

describe("links that carry little before they die", () => {
  it.each([200, 400, 1_600])("carry everything all the same: %d bytes each", (budgetBytes) => {
    const wide = { outboxBytes: 1e6, windowBytes: 1e6, frameBytes: 65_536 };
    const [a, b] = [new End(wide), new End(wide)];
    for (let i = 0; i < 500; i++) a.send(20 + (i % 80));
    let links = 0;
    for (; b.got.length < 500; links++) {
      // After the first few, none dies in vain.
      expect(links).toBeLessThan(500 + 20);
      for (const { session } of [a, b]) session.detach();
      const limitsOf = { window: 1e6, maxMessageBytes: 1e6 };
      a.settle(a.session.attach(b.session.position, limitsOf));
      b.settle(b.session.attach(a.session.position, limitsOf));
      let left = budgetBytes;
      for (const writing of a.writings(true)) {
        left -= writing.batch?.records.reduce((sum, { bytes }) => sum + bytes + 1, frameOverheadBytes) ?? 0;
        // A frame that is too much for the link dies with it.
        if (left < 0) break;
        b.receive(writing);
        b.handOver(Infinity);
      }
    }
    expect(b.got).toEqual(a.sent);
  });
});

describe("a session refuses", () => {
  it.each([0, -1, 1.5, NaN, 2 ** 53])("a record at offset %d", (offset) => {
    const session = new Session<string>(limits);
    expect(session.receive(offset, ["x"], 10)).toHaveProperty("code", 4000);
  });

  it("an empty batch, and an ack beyond what was sent", () => {
    const session = new Session<string>(limits);
    expect(session.receive(1, [], 0)).toHaveProperty("code", 4000);
    for (const offset of [1, -1, 0.5, NaN]) expect(session.acknowledge(offset)).toBeUndefined();
  });

  it("a gap, and the fourth in a row with nothing handed over since for good", () => {
    const session = new Session<string>(limits);
    const gap = (offset: number): unknown => {
      session.attach(0, peer);
      return session.receive(offset, ["x"], 10)?.code;
    };
    expect([gap(2), gap(3), gap(2)]).toEqual([4202, 4202, 4202]);
    session.attach(0, peer);
    expect(session.receive(1, ["a"], 10)).toBeUndefined();
    session.take();
    expect([gap(3), gap(3), gap(3), gap(3)]).toEqual([4202, 4202, 4202, 4302]);
  });

  it("a position that its peer cannot have", () => {
    const session = new Session<string>(limits);
    session.push(record(1));
    session.attach(0, peer);
    session.next(true);
    expect(session.attach(2, peer)).toBeUndefined();
    expect(session.attach(1, peer)).toEqual([1]);
    expect(session.attach(0, peer)).toBeUndefined();
  });

  it("a peer that sends more than its window", () => {
    const session = new Session<string>(limits);
    let violation: Violation | undefined;
    let offset = 1;
    while (!violation && offset < 100) violation = session.receive(offset++, ["x"], 50);
    expect([violation?.code, offset]).toEqual([4000, 9]);
  });
});

describe("a session that has taken something", () => {
  it("knows how much since its peer was told, whoever told it and however long ago it began", () => {
    const session = new Session<string>(limits);
    session.attach(0, peer);
    session.receive(1, ["a", "b", "c"], 10);
    for (let n = 0; n < 2; n++) session.take();
    expect([session.hasTaken(2, 99), session.hasTaken(3, 20), session.hasTaken(3, 21)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(session.next(true)).toEqual({ batch: undefined, ack: 2 });
    session.take();
    expect([session.hasTaken(1, 99), session.hasTaken(2, 10), session.hasTaken(2, 11)]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe("the outbox", () => {
  it("knows whether all of it is on its way, also after acks", () => {
    const outbox = new Outbox(10_000);
    outbox.attach(0, 10_000);
    for (let i = 1; i <= 5; i++) {
      expect(outbox.isWritten).toBe(true);
      outbox.push(record(i));
      expect(outbox.isWritten).toBe(false);
      outbox.take(1_000);
      expect(outbox.isWritten).toBe(true);
      outbox.acknowledge(i);
    }
  });

  it("paces by the window, and lets one record go that is larger", () => {
    const outbox = new Outbox(10_000);
    for (let i = 1; i <= 3; i++) outbox.push(record(i, 100));
    outbox.attach(0, 150);
    expect(outbox.take(1_000)).toMatchObject({ offset: 1, records: [{ ticket: 1 }] });
    expect(outbox.take(1_000)).toBeUndefined();
    outbox.acknowledge(1, 50);
    expect(outbox.take(1_000)).toMatchObject({ offset: 2, records: [{ ticket: 2 }] });
    outbox.acknowledge(2, 0);
    expect(outbox.take(1_000)).toBeUndefined();
  });

  it("takes back only what was never written", () => {
    const outbox = new Outbox(100);
    for (let i = 1; i <= 3; i++) outbox.push(record(i, 30));
    outbox.attach(0, 30);
    outbox.take(1_000);
    const withdraw = (wanted: number): readonly Outgoing[] =>
      outbox.withdraw(({ ticket }) => (ticket as number) === wanted);
    expect([withdraw(1), withdraw(3), withdraw(9)]).toEqual([[], [record(3, 30)], []]);
    expect(outbox.kept.map((one) => one.record)).toEqual([record(1, 30), record(2, 30)]);
    expect(outbox.bytes).toBe(60);
  });

  it("that is long is not looked through for one that is its oldest, or was written: thousands give up together", () => {
    const outbox = new Outbox(1e6);
    for (let i = 1; i <= 1_000; i++) outbox.push(record(i, 30));
    outbox.attach(0, 30);
    outbox.take(1_000);
    let looks = 0;
    const withdraw = (wanted: number): number =>
      outbox.withdraw(({ ticket }) => ++looks > 0 && (ticket as number) === wanted, wanted).length;
    expect([withdraw(1), withdraw(2), withdraw(3), withdraw(2)]).toEqual([0, 1, 1, 0]);
    expect(looks).toBe(2);
    expect(outbox.bytes).toBe(998 * 30);
  });

  it("that goes on where another one stopped holds what that held, and knows what was written", () => {
    const outbox = new Outbox(100);
    outbox.restore(7, [
      { record: record(1, 30), offset: 8 },
      { record: record(2, 20), offset: undefined },
    ]);
    expect([outbox.bytes, outbox.push(record(3, 51)), outbox.push(record(3, 50))]).toEqual([50, false, true]);
    expect([7, 8, 9].map((position) => outbox.couldHave(position))).toEqual([true, true, false]);
    expect(outbox.withdraw(() => true)).toEqual([record(2, 20), record(3, 50)]);
    outbox.attach(7, 100);
    expect(outbox.take(1_000)).toEqual({ offset: 8, records: [record(1, 30)] });
  });

  it("is not resumed once it was emptied: what the peer lacks is gone", () => {
    const outbox = new Outbox(100);
    outbox.push(record(1));
    outbox.attach(0, 100);
    outbox.take(1_000);
    outbox.push(record(2));
    outbox.empty();
    expect(outbox.attach(1, 100)).toBeUndefined();
  });

  it("counts what a frame is besides its records", () => {
    const outbox = new Outbox(10_000);
    for (let i = 1; i <= 20; i++) outbox.push(record(i, 10));
    outbox.attach(0, 10_000);
    const sizes = Array.from({ length: 3 }, () => outbox.take(100)?.records.length);
    expect(sizes).toEqual([4, 4, 4]);
  });

  it("writes smaller frames while links die before one is through, and larger ones again when they hold", () => {
    const outbox = new Outbox(100_000);
    for (let i = 1; i <= 200; i++) outbox.push(record(i, 99));
    const written = (position: number): number | undefined => {
      outbox.attach(position, 10_000);
      return outbox.take(846)?.records.length;
    };
    expect([0, 0, 0, 0, 0].map(written)).toEqual([8, 3, 1, 1, 1]);
    // What got through gets through again, and what is acknowledged while a link holds makes for more.
    expect([1, 2].map(written)).toEqual([1, 1]);
    let acked = 2;
    const sizes = Array.from({ length: 6 }, () => {
      outbox.acknowledge(++acked);
      return outbox.take(846)?.records.length;
    });
    expect(sizes).toEqual([1, 1, 3, 8, 8, 8]);
  });

  it("writes few of its small frames ahead of acks: what each is besides its records would be more than all of them", () => {
    const outbox = new Outbox(1e7);
    for (let i = 1; i <= 100_000; i++) outbox.push(record(i, 18));
    const frames = (): number => {
      let count = 0;
      while (outbox.take(65_536)) count++;
      return count;
    };
    const ofLinks = Array.from({ length: 20 }, () => {
      outbox.attach(0, 1e7);
      return frames();
    });
    expect(Math.max(...ofLinks)).toBeLessThan(5_000);
    expect(ofLinks.at(-1)).toBeLessThan(1_000);
    // And it is no standstill: each ack makes for more.
    let acks = 0;
    for (let acked = 0; !outbox.isWritten; acks++) {
      outbox.acknowledge((acked += 100));
      frames();
    }
    expect(acks).toBeLessThan(20);
  });

  it("writes frames as large as ever after links that had nothing to carry", () => {
    const outbox = new Outbox(100_000);
    for (let n = 0; n < 10; n++) outbox.attach(0, 10_000);
    for (let i = 1; i <= 20; i++) outbox.push(record(i, 99));
    expect(outbox.take(846)?.records.length).toBe(8);
  });

  it("and it is never more", () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(encodeData(most, ["[]"], most).length - "[]".length).toBeLessThanOrEqual(frameOverheadBytes);
  });

  it("tells of each record whether the peer may have it, when the session is lost", () => {
    const outbox = new Outbox(100);
    for (let i = 1; i <= 3; i++) outbox.push(record(i));
    outbox.attach(0, 20);
    outbox.take(1_000);
    outbox.acknowledge(1);
    expect(outbox.empty().map(({ record: { ticket }, offset }) => [ticket, offset])).toEqual([
      [2, 2],
      [3, undefined],
    ]);
    expect(outbox.bytes).toBe(0);
  });
});
