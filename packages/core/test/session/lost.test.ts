import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Aftermath, settleLost } from "../../src/session/lost.ts";
import type { Kept, Outgoing, Ticket } from "../../src/session/outbox.ts";

function kept(ticket: number, offset: number | undefined, more: Partial<Outgoing> = {}): Kept {
  const record: Outgoing = {
    ticket: ticket as Ticket,
    text: `${ticket}`,
    bytes: 1,
    idempotent: false,
    kind: "event",
    ...more,
  };
  return { record, offset };
}

function tickets({ delivered, again, inDoubt }: Aftermath): Record<string, readonly number[]> {
  const of = (all: readonly Kept[]): readonly number[] => all.map(({ record }) => record.ticket);
  return { delivered: of(delivered), again: of(again), inDoubt: of(inDoubt) };
}

const all = [
  kept(1, 1, { kind: "call" }),
  kept(2, 2),
  kept(3, 3, { idempotent: true }),
  kept(4, 4, { kind: "call", idempotent: true }),
  kept(5, 5),
  kept(6, undefined),
  kept(7, undefined, { kind: "call" }),
];

describe("after a lost session", () => {
  it("whose peer told its position, only answers are in doubt", () => {
    expect(tickets(settleLost(all, 4))).toEqual({ delivered: [2, 3], again: [4, 5, 6, 7], inDoubt: [1] });
  });

  it("whose peer cannot tell, everything that was written is in doubt, and idempotent ones go again", () => {
    expect(tickets(settleLost(all, undefined))).toEqual({
      delivered: [],
      again: [3, 4, 6, 7],
      inDoubt: [1, 2, 5],
    });
  });

  it("what may have arrived in a session before stays in doubt, though it never got into this one", () => {
    const again = kept(1, undefined, { idempotent: true, offset: 7 });
    expect(settleLost([again], 3).again).toEqual([{ record: again.record, offset: 7 }]);
  });

  it("an answer never reaches another session: what speaks of an ask ends with it", () => {
    const answers = [
      kept(1, 1, { kind: "answer" }),
      kept(2, undefined, { kind: "answer", idempotent: true }),
    ];
    expect(settleLost(answers, undefined)).toEqual({ delivered: [], again: [], inDoubt: [] });
  });

  it("a stream is opened again, whatever is known of it: its cursor says where", () => {
    const streams = [kept(1, 0, { kind: "stream" }), kept(2, undefined, { kind: "stream" })];
    expect(tickets(settleLost(streams, 7))).toEqual({ delivered: [], again: [1, 2], inDoubt: [] });
  });

  it("every record has one fate, in the order of sending, and nothing that arrived is sent again unless it may be", () => {
    const anyRow = fc.array(
      fc.record({
        offset: fc.option(fc.nat(20), { nil: undefined }),
        idempotent: fc.boolean(),
        kind: fc.constantFrom<Outgoing["kind"]>("event", "call", "stream", "answer"),
      }),
    );
    fc.assert(
      fc.property(anyRow, fc.option(fc.nat(20), { nil: undefined }), (rows, received) => {
        const given = rows.map(({ offset, ...row }, index) => kept(index, offset, row));
        const { delivered, again, inDoubt } = settleLost(given, received);
        const settled = [...delivered, ...again, ...inDoubt].map(({ record }) => record);
        expect(settled.toSorted((a, b) => a.ticket - b.ticket)).toEqual(
          given.map(({ record }) => record).filter(({ kind }) => kind !== "answer"),
        );
        expect(again).toEqual(again.toSorted((a, b) => a.record.ticket - b.record.ticket));
        for (const { offset, record } of again) {
          expect(record.idempotent || record.kind === "stream" || offset === undefined).toBe(true);
          const given = rows[record.ticket]?.offset;
          const mayHaveArrived = given !== undefined && given <= (received ?? Infinity);
          expect(offset === undefined).toBe(!mayHaveArrived);
        }
      }),
    );
  });
});
