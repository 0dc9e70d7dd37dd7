import {
  type Adapter,
  type AnyConnectOptions,
  checkEntries,
  checkHandlers,
  checkOption,
  checkOutgoing,
  type Client,
  type ClientOptions,
  type Clock,
  type Connect,
  type Contract,
  createAnyClient,
  createConnection,
  type HeartbeatOptions,
  type Surroundings,
  systemClock,
} from "@holdfast/core";
import { maxMessageBytes } from "@holdfast/core/exchange";
import { checkNodeOptions } from "./check-node-options.ts";
import type { NodeOptions } from "./options.ts";
import { patience } from "./patience.ts";
import { nodeTransport } from "./transport.ts";

export {
  type Attempt,
  type Call,
  call,
  type CallOptions,
  type Client,
  type ClientHandlers,
  type ClientOptions,
  type ClientSession,
  type Contract,
  defineContract,
  type Entry,
  type ErrorOf,
  type ErrorSchemas,
  type Event,
  event,
  type InDoubt,
  type InputOf,
  type InvalidRecord,
  type ItemOf,
  type Lost,
  mergeContracts,
  type NamesOf,
  type Nothing,
  type OutputOf,
  type PayloadOf,
  type ReaderOptions,
  type RemoteError,
  type SessionEvents,
  type Stream,
  stream,
  type Tried,
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
  checkNodeOptions(options, url);
  checkOutgoing(options.messages?.outgoing);
  const { heartbeat = protocolPings } = options;
  return createConnection(adapt(options), url, { ...options, heartbeat });
}) as Connect<NodeOptions>;

/**
 * One end of a session with `createServer` of `@holdfast/server`: every message once and in order, in both directions, over any
 * number of links.
 *
 * @throws HoldfastError `CONFIG` for a URL or option that cannot be, naming it and its value.
 */
export function createClient<K extends Contract>(
  contract: K,
  options: ClientOptions<K> & NodeOptions,
): Client<K> {
  checkNodeOptions(options, options.url);
  checkEntries(contract);
  checkHandlers(contract, options.handlers);
  // A server that sends more than it was told that we take is not read to the end.
  const { maxPayloadBytes = maxMessageBytes } = options;
  // Small messages share frames: a client that reads less than it promises would end with the first burst.
  const isEnough = maxPayloadBytes === 0 || maxPayloadBytes >= maxMessageBytes;
  checkOption("maxPayloadBytes", maxPayloadBytes, isEnough, `0 or at least ${maxMessageBytes}`);
  const adapter = adapt({ ...options, maxPayloadBytes });
  return createAnyClient({ ...adapter, turn: patience() }, contract, options);
}

function adapt(options: NodeOptions): Adapter {
  return {
    transport: nodeTransport(options),
    clock: options.unref ? unrefClock : systemClock,
    surroundings: nothing,
    hasPing: true,
    base: () => undefined,
  };
}

type AnyNodeOptions = AnyConnectOptions & NodeOptions;

/** Waits that do not keep the process alive. */
const unrefClock: Clock = {
  ...systemClock,
  schedule(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(Math.ceil(delayMs) + 1, 2 ** 31 - 1)).unref();
    return () => clearTimeout(timer);
  },
};
