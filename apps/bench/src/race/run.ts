import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { isNoisy } from "../report/summary.ts";
import type { Measured, Race } from "./race.ts";

/** How a race is run. */
export interface RunOptions {
  readonly rounds: number;
  readonly peers: readonly string[];
  /** Of what a full run does. */
  readonly share: number;
}

/** What every peer reached in every round that counts. */
export interface Outcome {
  readonly rounds: ReadonlyMap<string, readonly Measured[]>;
  /** Rounds that were repeated. */
  readonly repeated: number;
}

const program = fileURLToPath(new URL("load.ts", import.meta.url));

/**
 * Runs a race, round by round in turn, so that whatever else the machine does hits all alike. Before each round stands one that
 * does not count: code is compiled as it runs and forgotten while others run, and what is measured are servers that are busy for days. A round in which somebody is far from what it reaches else is repeated; at most as many as were asked for.
 */
export async function run(key: string, race: Race, { rounds, peers, share }: RunOptions): Promise<Outcome> {
  const start = async (peer: string): Promise<ChildProcess> => {
    const child = fork(program, [key, peer, String(share)], {
      execArgv: ["--conditions=@holdfast/source", "--expose-gc"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    await answerOf(child, peer);
    return child;
  };
  const kept = new Map<string, ChildProcess>();
  const telling = Object.entries(race.figures).flatMap(([name, { isAboutNothing }]) =>
    isAboutNothing ? [] : [name],
  );
  const play = async (peer: string): Promise<Measured> => {
    const child = kept.get(peer) ?? (await start(peer));
    if (!race.isFresh) await roundOf(child, peer);
    const measured = await roundOf(child, peer);
    if (race.isFresh) await stop(child);
    else kept.set(peer, child);
    return measured;
  };
  let done: Measured[][] = [];
  let repeated = 0;
  try {
    for (let left = 2 * rounds; left > 0; left--) {
      const round: Measured[] = [];
      for (const peer of peers) round.push(await play(peer));
      done.push(round);
      if (done.length < rounds) continue;
      const quiet = done.filter((one) => !isNoisy(telling, one, done));
      // The last chance: what there is counts.
      if (quiet.length >= rounds || left === 1) break;
      if (quiet.length < done.length) {
        repeated += done.length - quiet.length;
        done = quiet;
      }
    }
  } finally {
    for (const child of kept.values()) await stop(child);
  }
  return {
    rounds: new Map(peers.map((peer, at) => [peer, done.flatMap((round) => [round[at] ?? {}])])),
    repeated,
  };
}

async function roundOf(child: ChildProcess, peer: string): Promise<Measured> {
  child.send("go");
  return (await answerOf(child, peer)) as Measured;
}

/** Nothing that is measured takes so long. */
const roundMs = 120_000;

async function answerOf(child: ChildProcess, peer: string): Promise<unknown> {
  const gone = new AbortController();
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(roundMs)]);
  const answer = once(child, "message", { signal }).then(([message]: unknown[]) => message);
  const ended = once(child, "exit", { signal }).then(() => {
    throw new Error(`the load of ${peer} ended`);
  });
  try {
    return await Promise.race([answer, ended]);
  } finally {
    gone.abort();
    answer.catch(() => {});
    ended.catch(() => {});
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.disconnect();
  await gone;
}
