/// <reference lib="esnext.disposable" />
import { BackoffOptions, Close, Closed, CommonOptions, Connect, ConnectOptions, Connection, ConnectionEvents, ConnectionState, Data, Dropped, ErrorCode, Format, FormatOptions, GreetingLink, HeartbeatOptions, HoldfastError, Invalid, Log, LogEntry, LogLevel, MessageSchemas, OutboxOptions, Provided, Surroundings, Transport, TypedConnectOptions, Undo, Verdict, WaitOptions, Why } from "@holdfast/core";
/** What is used of a `WebSocket`: the class of every runtime has it. */
interface SocketLike {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  readonly readyState: number;
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
export { type BackoffOptions, type BrowserTransportOptions, type Close, type Closed, type CommonOptions, type ConnectOptions, type Connection, type ConnectionEvents, type ConnectionState, type Dropped, type ErrorCode, type Format, type FormatOptions, type GreetingLink, type HeartbeatOptions, HoldfastError, type Invalid, type Log, type LogEntry, type LogLevel, type MessageSchemas, type OutboxOptions, type Provided, type TypedConnectOptions, type Undo, type Verdict, type WaitOptions, type Why, browserTransport, connect, pageSurroundings };
