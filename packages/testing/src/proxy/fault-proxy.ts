import type { FaultTunnel } from "./fault-tunnel.ts";

/** A TCP proxy with faults: a tunnel that accepts connections itself. It knows nothing of WebSocket, so it carries `wss:` as well. */
export interface FaultProxy extends FaultTunnel {
  /** Where it listens. */
  readonly port: number;
  /** The url through the proxy; scheme and, if none is given, path are those of the target. */
  url(path?: string): string;
  /** Closes the port and every socket; resolves when all are gone. Idempotent. */
  close(): Promise<void>;
}
