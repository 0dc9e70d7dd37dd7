import { describe, expect, it } from "vitest";
import { Duties } from "../../src/engine/duties.ts";
import { End } from "../../src/engine/end.ts";
import { encode } from "../../src/protocol/encode.ts";
import type { Instant } from "../../src/protocol/instant.ts";
import { nobody, type Outgoing, type Ticket } from "../../src/session/outbox.ts";

const now = 0 as Instant;

/** An event of so many bytes. */
function said(bytes: number): Outgoing {
  return { ticket: nobody, text: "x".repeat(bytes), bytes, kind: "event", idempotent: false };
}

describe("an end whose outbox is full", () => {
  const item = encode(["item", 1, 7]);

  /** One that was asked for ten items, and has room for `bytes` more. */
  function askedEnd(bytes: number): End {
    const limits = { outboxBytes: 1_000, windowBytes: 1_000, frameBytes: 1_000 };
    const end = new End({ ...limits, callsInFlight: 1, streams: 1, ackDelayMs: 100 });
    end.attach(0, { window: 10_000, maxMessageBytes: 10_000 });
    end.hear(["data", 1, [["open", 1, "feed", { credit: 10 }]]], 100, now);
    end.handOver();
    end.send(said(1_000 - bytes));
    return end;
  }

  it("is asked for no item more while one waits for room, and takes no event before it", () => {
    const end = askedEnd(5);
    expect(end.mayBring(1)).toBe(true);
    end.answer(1, item, item.length, "item");
    expect([end.mayBring(1), end.send(said(1))]).toEqual([false, false]);
    end.write(now);
    end.hear(["ack", 1], 10, now);
    expect(end.write(now)).toContain(item);
    expect([end.mayBring(1), end.send(said(1))]).toEqual([true, true]);
  });

  /** Much more than the answers that may wait for room. */
  const many = 5_000;

  /** One that may say all of it, and is not heard. */
  function unheardEnd(outboxBytes: number): End {
    const end = new End({
      outboxBytes,
      windowBytes: 1e6,
      frameBytes: 1e6,
      callsInFlight: 0,
      streams: 0,
      ackDelayMs: 100,
    });
    end.attach(0, { window: 1e6, maxMessageBytes: 1e6 });
    return end;
  }

  it("may give up as much as it asked: that its peer hears nothing of it is not what the peer did", () => {
    const end = unheardEnd(20 * many);
    const tickets = Array.from({ length: many }, (_, index) => (index + 1) as Ticket);
    for (const ticket of tickets) end.send({ ...said(20), ticket, kind: "call" });
    end.write(now);
    for (const ticket of tickets) end.cancel(ticket);
    expect(end.isViolated).toBe(false);
    end.hear(["ack", many], 10, now);
    expect(JSON.parse(end.write(now) ?? "[]")[2]).toHaveLength(many);
  });

  it("answers nobody who asks on and on, and lets no answer through", () => {
    const end = unheardEnd(0);
    for (let id = 1; id <= many && !end.isViolated; id++) {
      end.hear(["data", id, [["call", id, "echo"]]], 60, now);
      end.handOver();
      expect(end.isViolated).toBe(id > 4_096);
    }
  });
});

describe("an ask of the peer's", () => {
  it("is answered once, and what was answered is cancelled by nobody", () => {
    const duties = new Duties({ callsInFlight: 1, streams: 1 });
    expect([duties.add(1), duties.answer(1, "result"), duties.cancel(1)]).toEqual([true, true, false]);
    // Its slot is held until the answer has found room.
    expect(duties.add(2)).toBe("busy");
    expect(duties.answer(1, "error")).toBe(false);
    expect(duties.add(2)).toBe(true);
  });

  it("that was cancelled is answered by nothing, and holds its slot until its handler has settled", () => {
    const duties = new Duties({ callsInFlight: 1, streams: 1 });
    expect([duties.add(1, 2), duties.mayBring(1), duties.cancel(1), duties.cancel(1)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([duties.mayBring(1), duties.answer(1, "item"), duties.add(2, 1)]).toEqual([false, false, "busy"]);
    expect([duties.answer(1, "end"), duties.add(2, 1)]).toEqual([false, true]);
  });
});
