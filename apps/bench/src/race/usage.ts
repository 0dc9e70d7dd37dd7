import type { Usage } from "./remote.ts";

/** What this process takes; what nobody holds any more is let go first. */
export function usage(): Usage {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rssBytes: rss, heapBytes: heapUsed, heldBytes: heapUsed + external, cpuMs: cpuMs() };
}

/** Time of a core that this process took. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
