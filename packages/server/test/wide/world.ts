import {
  seededRandom,
  type SeededRandom,
  virtualClock,
  type VirtualClock,
} from "../../../testing/src/index.ts";
import type { ServerOptions } from "../../src/options.ts";
import { Claims } from "../whole/claims.ts";
import { tightLimits } from "../whole/live.ts";
import { Ledger } from "./ledger.ts";

/** How much went on: what was never tried cannot have gone well. */
export interface Lived {
  said: number;
  heard: number;
  broadcasts: number;
  resumed: number;
  lost: number;
  /** Sessions of somebody else. */
  strangers: number;
  reloaded: number;
  /** Left events that the next page said. */
  carried: number;
  /** Pages that came back, and those of them that another one had replaced. */
  returned: number;
  replaced: number;
  duplicated: number;
  closed: number;
  crashed: number;
  restarted: number;
  drained: number;
  refused: number;
}

/** What everything in one life shares. */
export interface World {
  readonly seed: number;
  readonly random: SeededRandom;
  readonly clock: VirtualClock;
  readonly ledger: Ledger;
  readonly lived: Lived;
  /** Of every process, the bounds of its clients included. */
  readonly terms: Terms;
  /** Nothing goes wrong any more, and listeners only listen. */
  isCalm: boolean;
  /** Of everybody, those included that are gone. */
  readonly claims: readonly Claims[];
  claim(): Claims;
  nextName(kind: string): string;
}

/** What is the same all life long. */
export interface Terms extends Pick<ServerOptions, "resumeWithinMs" | "limits"> {
  readonly outboxBytes: number | undefined;
  /** How long a credential holds. */
  readonly expiresInMs: number | undefined;
  readonly isForgetful: boolean;
  /** Asking who somebody is fails now and then. */
  readonly isFlaky: boolean;
}

/** As many pages may have links at a time. */
export const mostTabs = 5;

/** Thrown by listeners and handlers that are to be borne. */
export class Thrown extends Error {}

export function createWorld(seed: number): World {
  const random = seededRandom(seed);
  const ledger = new Ledger();
  const all: Claims[] = [];
  let names = 0;
  return {
    seed,
    random,
    clock: virtualClock({ seed }),
    ledger,
    claims: all,
    claim() {
      const claims = new Claims(ledger.complaints);
      all.push(claims);
      return claims;
    },
    lived: {
      said: 0,
      heard: 0,
      broadcasts: 0,
      resumed: 0,
      lost: 0,
      strangers: 0,
      reloaded: 0,
      carried: 0,
      returned: 0,
      replaced: 0,
      duplicated: 0,
      closed: 0,
      crashed: 0,
      restarted: 0,
      drained: 0,
      refused: 0,
    },
    terms: createTerms(random),
    isCalm: false,
    nextName: (kind) => `${kind}${++names}`,
  };
}

/** Roomy, or such that bounds are felt. */
function createTerms(random: SeededRandom): Terms {
  const isTight = random.next() < 0.5;
  const isForgetful = random.next() < 0.2;
  const some = <T>(share: number, value: T): T | undefined => (random.next() < share ? value : undefined);
  return {
    resumeWithinMs: random.pick([1_500, 8_000, 100_000]),
    limits: {
      ...(isTight && tightLimits(random)),
      messagesPerSecond: some(0.3, random.integer(20, 200)),
      outboxTotalBytes: some(0.2, random.integer(5_000, 12_000)),
      sessionsPerIdentity: some(0.2, random.integer(mostTabs, 6)),
      tombstones: isForgetful ? random.integer(0, 2) : undefined,
    },
    outboxBytes: isTight ? random.integer(2_000, 6_000) : undefined,
    expiresInMs: some(0.4, random.integer(1_500, 6_000)),
    isForgetful,
    isFlaky: random.next() < 0.3,
  };
}
