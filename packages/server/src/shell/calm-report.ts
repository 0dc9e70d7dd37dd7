import type { Clock, Report } from "@holdfast/core/exchange";
import type { Instant } from "@holdfast/core/session";
import { excerpt } from "./excerpt.ts";

/** So many entries of one kind are written in a second: a client that causes them by the thousand fills no disk. */
const perSecond = 20;

/** One kind of entry, in a second. */
interface Second {
  readonly since: Instant;
  count: number;
}

/**
 * Reports as `report` does, but only some of what comes too often: the next one of its kind tells how many were left out. And of what is long no more
 * than its beginning.
 */
export function createCalmReport(report: Report, clock: Pick<Clock, "now">): Report {
  const seconds = new Map<string, Second>();
  const tell: Report = (level, message, details) => {
    const facts = Object.entries(details).map(([name, fact]) => [name, excerpt(fact)]);
    report(level, message, Object.fromEntries(facts));
  };
  return (level, message, details) => {
    const now = clock.now();
    const last = seconds.get(message);
    if (last && now - last.since < 1_000) {
      last.count++;
      if (last.count <= perSecond) tell(level, message, details);
      return;
    }
    seconds.set(message, { since: now, count: 1 });
    const leftOut = last ? Math.max(0, last.count - perSecond) : 0;
    tell(level, message, leftOut ? { ...details, leftOut } : details);
  };
}
