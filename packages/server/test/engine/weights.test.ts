import { type Instant, nobody } from "@holdfast/core/session";
import fc from "fast-check";
import { expect, it } from "vitest";
import { ServerSession } from "../../src/engine/server-session.ts";
import { Sessions } from "../../src/engine/sessions.ts";
import { Weights } from "../../src/engine/weights.ts";
import { serverLimits } from "../simulation/sim-server.ts";

const now = 0 as Instant;
const count = 12;

it("know who holds most, and how much all do, whatever becomes of whom", () => {
  const step = fc.record({ which: fc.nat(count - 1), bytes: fc.oneof(fc.constant(0), fc.nat(20)) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const weights = new Weights();
      const all = Array.from({ length: count }, (_, n) => new ServerSession(`${n}`, "ann", serverLimits));
      for (const { which, bytes } of steps) {
        weights.weigh(all[which] as ServerSession, bytes);
        const held = all.map(({ weighedBytes }) => weighedBytes);
        expect(all[which]?.weighedBytes).toBe(bytes);
        expect(weights.heaviest?.weighedBytes ?? 0).toBe(Math.max(...held));
        expect(weights.totalBytes).toBe(held.reduce((sum, one) => sum + one));
      }
    }),
  );
});

it("a crowd that holds too much together is not looked through for each that has to let go", () => {
  const crowd = 1_000;
  const each = 100;
  const sessions = new Sessions({
    ...serverLimits,
    outboxTotalBytes: crowd * each,
    sessionsPerIdentity: crowd,
  });
  let looks = 0;
  const all = Array.from({ length: crowd }, (_, n) => {
    const fresh = { id: `${n}`, token: "t", tokenHash: "#t" };
    const hello = { version: 1, attempt: 1, window: 0, maxMessageBytes: 10_000 };
    const admission = sessions.admit(
      { hello, tokenHash: undefined, identityId: "ann", linkId: n, fresh },
      now,
    );
    if (admission.type === "refused") throw new Error(admission.reason);
    let bytes = 0;
    return Object.defineProperty(admission.session, "weighedBytes", {
      get() {
        looks++;
        return bytes;
      },
      set(weighed: number) {
        bytes = weighed;
      },
    });
  });
  const text = "x".repeat(60);
  let victims = 0;
  for (let round = 0; round < 2; round++) {
    for (const session of all) {
      session.end.send({ ticket: nobody, text, bytes: text.length, kind: "event", idempotent: false });
      const victim = sessions.weigh(session);
      if (victim) sessions.overflow(victim);
      if (victim) victims++;
    }
  }
  expect(victims).toBeGreaterThan(150);
  // Each a few times, as a heap of a thousand does, and not all of them for each.
  expect(looks).toBeLessThan(2 * crowd * 60);
});
