import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Aftermath, type Kept, settleLost } from "../../src/session/lost.ts";
import type { Ticket } from "../../src/session/outbox.ts";

function kept(ticket: number, offset: number | undefined, more: Partial<Kept> = {}): Kept {
  const record = { ticket: ticket as Ticket, text: `${ticket}`, bytes: 1 };
  return { record, offset, idempotent: false, kind: "event", ...more };
}

function tickets({ delivered, again, inDoubt }: Omit<Aftermath, "moot">): Record<string, readonly number[]> {
  const of = (all: readonly Kept[]): readonly number[] => all.map(({ record }) => record.ticket);
  return { delivered: of(delivered), again: of(again), inDoubt: of(inDoubt) };
}

const all = [
  kept(1, 1, { kind: "ask" }),
  kept(2, 2),
  kept(3, 3, { idempotent: true }),
  kept(4, 4, { kind: "ask", idempotent: true }),
  kept(5, 5),
  kept(6, undefined),
  kept(7, undefined, { kind: "ask" }),
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

  it("an answer never reaches another session: what speaks of an ask ends with it", () => {
    const answers = [
      kept(1, 1, { kind: "about an ask" }),
      kept(2, undefined, { kind: "about an ask", idempotent: true }),
    ];
    const { moot, again, inDoubt } = settleLost(answers, undefined);
    expect([moot, again, inDoubt]).toEqual([answers, [], []]);
  });

  it("every record has one fate, in the order of sending, and nothing that arrived is sent again unless it may be", () => {
    const anyKept = fc.array(
      fc.record({
        offset: fc.option(fc.nat(20), { nil: undefined }),
        idempotent: fc.boolean(),
        kind: fc.constantFrom<Kept["kind"]>("event", "ask", "about an ask"),
      }),
    );
    fc.assert(
      fc.property(anyKept, fc.option(fc.nat(20), { nil: undefined }), (rows, received) => {
        const given = rows.map((row, index) => kept(index, row.offset, row));
        const { delivered, moot, again, inDoubt } = settleLost(given, received);
        expect(
          [...delivered, ...moot, ...again, ...inDoubt].toSorted((a, b) => a.record.ticket - b.record.ticket),
        ).toEqual(given);
        expect(again).toEqual(again.toSorted((a, b) => a.record.ticket - b.record.ticket));
        for (const { offset, idempotent } of again) {
          const mayHaveArrived = offset !== undefined && offset <= (received ?? Infinity);
          expect(idempotent || !mayHaveArrived).toBe(true);
        }
      }),
    );
  });
});
