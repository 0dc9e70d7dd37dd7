import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Inbox } from "../../src/session/inbox.ts";

/** What a link does: a frame whose first record lies so far from the one that is due, a record handed over, a loss. */
const acts = fc.array(
  fc.oneof(
    fc.record({ distance: fc.integer({ min: -4, max: 1 }), length: fc.integer({ min: 1, max: 6 }) }),
    fc.constantFrom("take", "take", "take", "detach"),
  ),
  { maxLength: 60 },
);

describe("an inbox", () => {
  it("hands over every offset once and in order, whatever frames overlap, lack something or come again", () => {
    fc.assert(
      fc.property(acts, (all) => {
        const inbox = new Inbox<number>(1_000);
        const given: number[] = [];
        let arrived = 0;
        const take = (): void => {
          const next = inbox.peek();
          const isWaiting = arrived > given.length;
          expect(next).toBe(isWaiting ? given.length + 1 : undefined);
          expect(inbox.take()).toBe(next);
          if (next !== undefined) given.push(next);
          expect(inbox.position).toBe(given.length);
          expect(inbox.handedBytes).toBe(3 * given.length);
        };
        for (const act of all) {
          if (act === "take") take();
          else if (act === "detach") {
            inbox.detach();
            arrived = given.length;
          } else {
            const offset = Math.max(1, arrived + 1 + act.distance);
            const records = Array.from({ length: act.length }, (_, n) => offset + n);
            const last = offset + act.length - 1;
            const expected = offset > arrived + 1 ? "gap" : last > arrived ? "accepted" : "repeated";
            expect(inbox.receive(offset, records, 3)).toBe(expected);
            if (expected === "accepted") arrived = last;
          }
        }
        while (arrived > given.length) take();
        expect(inbox.take()).toBeUndefined();
      }),
    );
  });

  it("counts what waits, and takes no more than twice the window and a frame", () => {
    const inbox = new Inbox<number>(10);
    expect(inbox.receive(1, [1, 2, 3], 7)).toBe("accepted");
    expect(inbox.receive(4, [4], 7)).toBe("flood");
    inbox.take();
    expect(inbox.receive(4, [4], 7)).toBe("accepted");
  });
});
