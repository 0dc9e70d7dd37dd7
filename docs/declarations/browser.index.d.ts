/// <reference lib="esnext.disposable" />
import { Attempt, BackoffOptions, Call, CallOptions, Client, Client as Client$1, ClientHandlers, ClientOptions, ClientOptions as ClientOptions$1, ClientSession, Close, Closed, CommonOptions, Connect, ConnectOptions, Connection, ConnectionEvents, ConnectionState, Contract, Contract as Contract$1, Data, Dropped, Entry, ErrorCode, ErrorOf, ErrorSchemas, Event, Format, FormatOptions, GreetingLink, HeartbeatOptions, HoldfastError, InDoubt, InputOf, Invalid, InvalidRecord, ItemOf, Log, LogEntry, LogLevel, Lost, MessageSchemas, NamesOf, Nothing, OutboxOptions, OutputOf, PayloadOf, Provided, ReaderOptions, RemoteError, SessionEvents, Stream, Surroundings, Transport, Tried, TypedConnectOptions, Undo, Verdict, WaitOptions, Why, call, defineContract, event, mergeContracts, stream } from "@holdfast/core";
/** What is used of a `WebSocket`: the class of every runtime has it. */
interface SocketLike {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  readonly readyState: number;
  readonly protocol?: string | undefined;
  readonly bufferedAmount?: number | undefined;
  send(data: Data): void;
  close(code?: number, reason?: string): void;
  /** Bun has it. */
  terminate?(): void;
}
/** A class of sockets. */
type SocketClass = new (url: string, protocols: string[]) => SocketLike;
/** What to dial with. */
interface BrowserTransportOptions {
  /** @defaultValue the global `WebSocket`, looked up at every dial */
  readonly WebSocket?: SocketClass | undefined;
}
/** Dials with the runtime's own `WebSocket`: browsers, Deno, Bun, Workers, React Native. Sends no headers. */
declare function browserTransport(options?: BrowserTransportOptions): Transport;
/**
 * Listens to the page: network back or gone, seen again, about to stand still.
 * In a worker there is only the network, elsewhere nothing.
 */
declare function pageSurroundings(): Surroundings;
/** {@inheritDoc Connect} Over the global `WebSocket`: browsers, Deno, Bun, Workers, React Native. */
declare const connect: Connect;
/**
 * One end of a session with `createServer` of `@holdfast/server`: every message once and in order, in both directions, over any
 * number of links.
 *
 * @throws HoldfastError `CONFIG` for a URL or option that cannot be, naming it and its value.
 */
declare function createClient<K extends Contract$1>(contract: K, options: ClientOptions$1<K>): Client$1<K>;
export { type Attempt, type BackoffOptions, type BrowserTransportOptions, type Call, type CallOptions, type Client, type ClientHandlers, type ClientOptions, type ClientSession, type Close, type Closed, type CommonOptions, type ConnectOptions, type Connection, type ConnectionEvents, type ConnectionState, type Contract, type Dropped, type Entry, type ErrorCode, type ErrorOf, type ErrorSchemas, type Event, type Format, type FormatOptions, type GreetingLink, type HeartbeatOptions, HoldfastError, type InDoubt, type InputOf, type Invalid, type InvalidRecord, type ItemOf, type Log, type LogEntry, type LogLevel, type Lost, type MessageSchemas, type NamesOf, type Nothing, type OutboxOptions, type OutputOf, type PayloadOf, type Provided, type ReaderOptions, type RemoteError, type SessionEvents, type Stream, type Tried, type TypedConnectOptions, type Undo, type Verdict, type WaitOptions, type Why, browserTransport, call, connect, createClient, defineContract, event, mergeContracts, pageSurroundings, stream };
