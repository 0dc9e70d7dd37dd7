import { seededRandom } from "../random/seeded-random.ts";
import type { FaultTunnel } from "./fault-tunnel.ts";
import { addressOf, type Target } from "./target.ts";
import { Tunnel } from "./tunnel.ts";

/** Where a tunnel leads. */
export interface FaultTunnelOptions {
  /** The server behind it. */
  readonly to: Target;
  /**
   * What jitter is seeded with.
   *
   * @defaultValue 1
   */
  readonly seed?: number | undefined;
}

/**
 * Makes a tunnel, in which the network does what the test says. It listens nowhere: connections are handed to `carry()`.
 *
 * @throws TypeError for a target that is no url with a host and a port.
 */
export function createFaultTunnel({ to, seed = 1 }: FaultTunnelOptions): FaultTunnel {
  return new Tunnel(addressOf(to), seededRandom(seed));
}
