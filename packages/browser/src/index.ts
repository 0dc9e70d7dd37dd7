import {
  type Adapter,
  type Client,
  type ClientOptions,
  type Connect,
  type Contract,
  createAnyClient,
  createConnection,
  systemClock,
} from "@holdfast/core";
import { askingTwice } from "./asking-twice.ts";
import { pageStore } from "./page-store.ts";
import { pageSurroundings } from "./surroundings.ts";
import { browserTransport } from "./transport.ts";

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
export { browserTransport, type BrowserTransportOptions } from "./transport.ts";
export { pageSurroundings } from "./surroundings.ts";

/** {@inheritDoc Connect} Over the global `WebSocket`: browsers, Deno, Bun, Workers, React Native. */
export const connect: Connect = ((url: string, options: object = {}) =>
  createConnection(adapt(), url, options)) as Connect;

/**
 * One end of a session with `createServer` of `@holdfast/server`: every message once and in order, in both directions, over any
 * number of links.
 *
 * @throws HoldfastError `CONFIG` for a URL or option that cannot be, naming it and its value.
 */
export function createClient<K extends Contract>(contract: K, options: ClientOptions<K>): Client<K> {
  const adapter = {
    ...adapt(),
    transport: askingTwice(browserTransport()),
    store: pageStore(nameOf(contract, options.url)),
  };
  return createAnyClient(adapter, contract, options);
}

/** What a session is kept under: the same in the next page, whatever a bundler made of a function there. */
function nameOf({ fromClient, fromServer }: Contract, url: unknown): string {
  return typeof url === "function" ? Object.keys({ ...fromClient, ...fromServer }).join() : String(url);
}

function adapt(): Adapter {
  return {
    transport: browserTransport(),
    clock: systemClock,
    surroundings: pageSurroundings(),
    hasPing: false,
    // Where there is no page, and perhaps never one, what is relative leads nowhere (RFC 6761).
    base: () => globalThis.document?.baseURI ?? globalThis.location?.href ?? "ws://no.invalid",
  };
}
