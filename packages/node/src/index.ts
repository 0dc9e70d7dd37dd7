import {
  type AnyConnectOptions,
  type Clock,
  type Connect,
  createConnection,
  type HeartbeatOptions,
  type Surroundings,
  systemClock,
} from "@holdfast/core";
import { checkNodeOptions } from "./check-node-options.ts";
import type { NodeOptions } from "./options.ts";
import { nodeTransport } from "./transport.ts";

export {
  type BackoffOptions,
  type Close,
  type Closed,
  type Connection,
  type ConnectionEvents,
  type ConnectionState,
  type CommonOptions,
  type ConnectOptions,
  type Dropped,
  type ErrorCode,
  type Format,
  type FormatOptions,
  type GreetingLink,
  type HeartbeatOptions,
  HoldfastError,
  type Invalid,
  type Log,
  type LogEntry,
  type LogLevel,
  type MessageSchemas,
  type OutboxOptions,
  type Provided,
  type TypedConnectOptions,
  type Undo,
  type Verdict,
  type WaitOptions,
  type Why,
} from "@holdfast/core";
export { type NodeOptions, type NodeTransportOptions, type TlsOptions } from "./options.ts";
export { nodeTransport } from "./transport.ts";

const protocolPings: HeartbeatOptions = { intervalMs: 25_000 };

/** Nothing tells a service of its network, and it never sleeps. */
const nothing: Surroundings = { watch: () => () => {} };

/** {@inheritDoc Connect} Over `ws`; a dead link is found by protocol pings unless `heartbeat` says otherwise. */
export const connect: Connect<NodeOptions> = ((url: string, options: AnyNodeOptions = {}) => {
  checkNodeOptions(options);
  return createConnection(
    {
      transport: nodeTransport(options),
      clock: options.unref ? unrefClock : systemClock,
      surroundings: nothing,
      hasPing: true,
      base: () => undefined,
    },
    url,
    { ...options, heartbeat: options.heartbeat ?? protocolPings },
  );
}) as Connect<NodeOptions>;

type AnyNodeOptions = AnyConnectOptions & NodeOptions;

/** Waits that do not keep the process alive. */
const unrefClock: Clock = {
  ...systemClock,
  schedule(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(Math.ceil(delayMs) + 1, 2 ** 31 - 1)).unref();
    return () => clearTimeout(timer);
  },
};
