import type { Figure } from "./race.ts";
import type { Remote } from "./remote.ts";
import { cpuMs } from "./usage.ts";

/** What so much of something took. */
export type Timed = {
  /** A second. */
  readonly rate: number;
  /** Time of a core at both ends for one, in us: what a busy machine does not change much. */
  readonly cpu: number;
};

/** How the time of cores is shown. */
export const cpuFigure: Figure = { name: "time of a core, both ends", unit: "us", better: "less" };

/** Does `count` of something. */
export async function timed(server: Remote, count: number, act: () => Promise<unknown>): Promise<Timed> {
  const before = cpuMs() + (await server.cpu());
  const startedAt = performance.now();
  await act();
  const elapsedMs = performance.now() - startedAt;
  const after = cpuMs() + (await server.cpu());
  return { rate: count / (elapsedMs / 1_000), cpu: ((after - before) * 1_000) / count };
}
