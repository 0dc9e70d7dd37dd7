import type { Instant } from "@holdfast/core/session";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Parking } from "../../src/engine/parking.ts";
import { ServerSession } from "../../src/engine/server-session.ts";
import { serverLimits } from "../simulation/sim-server.ts";

const at = (ms: number): Instant => ms as Instant;
const count = 6;

/** What happens to one of the sessions after so long: it loses its link, for a wait of one of two lengths, or gets one. */
const step = fc.record({
  which: fc.nat(count - 1),
  afterMs: fc.nat(50),
  waitMs: fc.constantFrom(100, 400, undefined),
});

describe("sessions without a link", () => {
  it("end when their time is over, and not before; and who has waited longest is known", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const parking = new Parking();
        const sessions = Array.from(
          { length: count },
          (_, n) => new ServerSession(`${n}`, "ann", serverLimits),
        );
        const expiries = new Map<ServerSession, number>();
        const beginnings = new Map<ServerSession, number>();
        let now = 0;
        for (const { which, afterMs, waitMs } of steps) {
          now += afterMs;
          const session = sessions[which] as ServerSession;
          parking.delete(session);
          expiries.delete(session);
          beginnings.delete(session);
          if (waitMs !== undefined) {
            parking.add(session, waitMs, at(now));
            expiries.set(session, now + waitMs);
            beginnings.set(session, now);
          }
          expect(parking.nextExpiry).toBe(Math.min(Infinity, ...expiries.values()));
          const { oldest } = parking;
          expect(oldest ? beginnings.get(oldest) : Infinity).toBe(Math.min(Infinity, ...beginnings.values()));
          const over = [...expiries].filter(([, expiry]) => expiry <= now).map(([one]) => one.id);
          expect(
            parking
              .expired(at(now))
              .map(({ id }) => id)
              .toSorted(),
          ).toEqual(over.toSorted());
        }
      }),
    );
  });
});
