// What people use, through the package for their runtime.
export { type Connect } from "./client/connect.ts";
export { type Connection, type ConnectionEvents } from "./client/connection.ts";
export { type Closed, type ConnectionState } from "./client/connection-state.ts";
export { type ErrorCode, HoldfastError } from "./holdfast-error.ts";
export {
  type AnyConnectOptions,
  type BackoffOptions,
  type CommonOptions,
  type ConnectOptions,
  type Format,
  type FormatOptions,
  type GreetingLink,
  type HeartbeatOptions,
  type MessageSchemas,
  type OutboxOptions,
  type Provided,
  type TypedConnectOptions,
} from "./client/options.ts";
export type { Attempt } from "./client/host.ts";
export { type Invalid } from "./client/codec.ts";
export { type Dropped } from "./client/sending.ts";
export { type Undo } from "./common/emitter.ts";
export { type WaitOptions } from "./common/wait.ts";
export { type Close, type Verdict } from "./protocol/close.ts";
export { type Why } from "./connection/why.ts";
export { type Log, type LogEntry, type LogLevel } from "./ports/log.ts";

// What a package for one runtime plugs in.
export { createConnection } from "./client/create-connection.ts";
export { type Adapter, type Turn } from "./ports/adapter.ts";
export { check as checkOption } from "./common/check.ts";
export { checkEntries, checkHandlers } from "./contract/check-entries.ts";
export { checkOutgoing } from "./contract/check-outgoing.ts";
export { systemClock } from "./client/system-clock.ts";
export { type Clock } from "./ports/clock.ts";
export { type Surroundings } from "./ports/surroundings.ts";
export {
  type Data,
  type DialRequest,
  type Link,
  type LinkListener,
  type Transport,
} from "./ports/transport.ts";
export { type Hint } from "./connection/event.ts";
export { type Instant } from "./protocol/instant.ts";

// The messages two ends agreed on.
export { type Contract, type ContractShape, defineContract, mergeContracts } from "./contract/contract.ts";
export {
  type Call,
  call,
  type Entry,
  type ErrorSchemas,
  type Event,
  event,
  type EventOptions,
  type Nothing,
  type Stream,
  stream,
} from "./contract/entry.ts";
export {
  type AnswerOf,
  type Args,
  type CallContext,
  type ContextFor,
  type CursorOf,
  type ErrorOf,
  type Fail,
  type HandlerFor,
  type InputOf,
  type ItemOf,
  type NamesOf,
  type OutputOf,
  type PayloadOf,
  type StreamContext,
} from "./contract/types.ts";

// A session over any number of links.
export {
  type Client,
  type ClientSession,
  type Lost,
  type SessionEvents,
  type Tried,
} from "./client/client.ts";
export { type AnyClientOptions, type ClientHandlers, type ClientOptions } from "./client/client-options.ts";
export { createAnyClient } from "./client/create-client.ts";
export { type InvalidRecord } from "./exchange/answering.ts";
export { type CallOptions } from "./exchange/asking.ts";
export { type InDoubt } from "./exchange/in-doubt.ts";
export { type ReaderOptions } from "./exchange/reader.ts";
export { type RemoteError } from "./holdfast-error.ts";
export { type SessionStore } from "./ports/session-store.ts";
