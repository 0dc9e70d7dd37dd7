import type { Row, Scenario } from "../scenario.ts";
import { summarise, type Summary } from "../report/summary.ts";
import { mustInWords, reached } from "../report/verdict.ts";
import type { Figure, Race } from "./race.ts";
import { run } from "./run.ts";

/** In a short run on a busy machine a ratio only shows whether something fell through the floor. */
const floor = 0.2;

/** How races are run. */
export interface RaceOptions {
  /** @defaultValue what the race says */
  readonly rounds?: number | undefined;
  /** @defaultValue everybody for whom it means something */
  readonly against?: readonly string[] | undefined;
  /** A tenth of everything, three rounds, ours and the `ws` that a must names. */
  readonly isShort: boolean;
}

/** A race as something to measure: rows of medians. */
export function scenarioOf(key: string, race: Race, { rounds, against, isShort }: RaceOptions): Scenario {
  const [ours = ""] = race.peers;
  const isPart = isShort && !race.isExact;
  const figures = Object.entries(race.figures);
  const compared = figures.flatMap(([, { musts = [] }]) =>
    musts.flatMap((must) => ("of" in must ? [must.of] : [])),
  );
  const named = isShort ? compared.filter((peer) => peer.startsWith("ws")) : (against ?? race.peers);
  const peers = race.peers.filter((peer) => peer === ours || named.includes(peer));
  const must = figures.map(([, figure]) => mustInWords(figure)).filter(Boolean);
  return {
    name: race.title,
    must: must.join("; ") || "nothing",
    async run() {
      const outcome = await run(key, race, {
        rounds: isShort ? 3 : (rounds ?? race.rounds),
        peers,
        share: isPart ? 1 / 10 : 1,
      });
      if (outcome.repeated) console.log(`  ${outcome.repeated} noisy rounds repeated`);
      return figures.flatMap(([name, figure]) => {
        const by = new Map<string, Summary>();
        for (const [peer, all] of outcome.rounds) by.set(peer, summarise(all.map((one) => one[name] ?? NaN)));
        return rowsOf(ours, figure, by, isPart ? floor : 1);
      });
    },
  };
}

function rowsOf(
  ours: string,
  figure: Figure,
  by: ReadonlyMap<string, Summary>,
  enough: number,
): readonly Row[] {
  const mine = by.get(ours)?.median ?? NaN;
  const medianOf = (peer: string): number | undefined => by.get(peer)?.median;
  return Array.from(by, ([peer, { median, spread }]) => {
    const row: Row = { who: peer, figure: figure.name, value: median, unit: figure.unit };
    if (!figure.isAboutNothing) Object.assign(row, { spread });
    if (peer !== ours) return Object.assign(row, { ratio: mine / median });
    const all = (figure.musts ?? []).flatMap((must) => reached(figure, must, mine, medianOf) ?? []);
    return all.length ? Object.assign(row, { isFine: all.every((one) => one >= enough) }) : row;
  });
}
