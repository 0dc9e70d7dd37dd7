import type { Options } from "./options.ts";

/**
 * How long to wait before a retry (1 or more), in milliseconds: anywhere in a window which begins at the shortest wait
 * and whose end grows. `roll` is chance, in [0, 1). Never 0, or a provider that always rejects would never let go.
 */
export function reconnectionDelayMs(
  { minReconnectionDelay, maxReconnectionDelay = 10_000, reconnectionDelayGrowFactor = 1.3 }: Options,
  retry: number,
  roll: number,
): number {
  const [minMs = 1_000, firstMs = 5_000] =
    minReconnectionDelay === undefined ? [] : [minReconnectionDelay, 2 * minReconnectionDelay];
  const toMs = Math.min(maxReconnectionDelay, firstMs * reconnectionDelayGrowFactor ** (retry - 1));
  const fromMs = Math.min(toMs, minMs);
  return Math.max(1, fromMs + roll * (toMs - fromMs));
}
