import type { SeededRandom, SimulatedNetwork } from "../../../testing/src/index.ts";
import { pickWeighted } from "./act.ts";

/** What a network does, mostly nothing, and now and then its client. */
export function disturb(
  random: SeededRandom,
  network: SimulatedNetwork,
  client?: { reconnect(): void },
): void {
  pickWeighted(random, [
    [64, () => {}],
    [5, () => network.cut()],
    [2, () => network.halfOpen()],
    [2, () => network.vanish()],
    [2, () => network.blackhole()],
    [2, () => network.refuse()],
    [20, () => network.heal()],
    [3, () => client?.reconnect()],
  ])();
}
