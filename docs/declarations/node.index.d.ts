/// <reference lib="esnext.disposable" />
import { Attempt, BackoffOptions, Call, CallOptions, Client, Client as Client$1, ClientHandlers, ClientOptions, ClientOptions as ClientOptions$1, ClientSession, Close, Closed, CommonOptions, Connect, ConnectOptions, Connection, ConnectionEvents, ConnectionState, Contract, Contract as Contract$1, Dropped, Entry, ErrorCode, ErrorOf, ErrorSchemas, Event, Format, FormatOptions, GreetingLink, HeartbeatOptions, HoldfastError, InDoubt, InputOf, Invalid, InvalidRecord, ItemOf, Log, LogEntry, LogLevel, Lost, MessageSchemas, NamesOf, Nothing, OutboxOptions, OutputOf, PayloadOf, Provided, Provided as Provided$1, ReaderOptions, RemoteError, SessionEvents, Stream, Transport, Tried, TypedConnectOptions, Undo, Verdict, WaitOptions, Why, call, defineContract, event, mergeContracts, stream } from "@holdfast/core";
import { Agent } from "node:http";
import { ConnectionOptions, SecureContextOptions } from "node:tls";
import { PerMessageDeflateOptions } from "ws";
/** How to trust the server and be trusted by it: as for `tls.connect`. */
type TlsOptions = SecureContextOptions & Pick<ConnectionOptions, "rejectUnauthorized" | "servername" | "checkServerIdentity">;
/** What sockets to dial with. */
interface NodeTransportOptions {
  /** Whom to trust, and who we are: a CA, a certificate and its key. */
  readonly tls?: TlsOptions | undefined;
  /** A proxy's agent, say. Its own TLS options win over `tls`. */
  readonly agent?: Agent | undefined;
  /** @defaultValue `false`: compression costs memory and time for every message */
  readonly perMessageDeflate?: boolean | PerMessageDeflateOptions | undefined;
  /** A larger message ends the link with 1009. @defaultValue 100 MiB; of `createClient` the 1 MiB that it tells its server, and not less */
  readonly maxPayloadBytes?: number | undefined;
  /** Whether the process may end while the link is open. @defaultValue `false` */
  readonly unref?: boolean | undefined;
}
/** What only Node can do. */
interface NodeOptions extends NodeTransportOptions {
  /** Sent with every upgrade. */
  readonly headers?: Provided$1<Readonly<Record<string, string>>> | undefined;
}
/** Dials with `ws`: headers, TLS, agents, compression, protocol pings. */
declare function nodeTransport(options?: NodeTransportOptions): Transport;
/** {@inheritDoc Connect} Over `ws`; a dead link is found by protocol pings unless `heartbeat` says otherwise. */
declare const connect: Connect<NodeOptions>;
/**
 * One end of a session with `createServer` of `@holdfast/server`: every message once and in order, in both directions, over any
 * number of links.
 *
 * @throws HoldfastError `CONFIG` for a URL or option that cannot be, naming it and its value.
 */
declare function createClient<K extends Contract$1>(contract: K, options: ClientOptions$1<K> & NodeOptions): Client$1<K>;
export { type Attempt, type BackoffOptions, type Call, type CallOptions, type Client, type ClientHandlers, type ClientOptions, type ClientSession, type Close, type Closed, type CommonOptions, type ConnectOptions, type Connection, type ConnectionEvents, type ConnectionState, type Contract, type Dropped, type Entry, type ErrorCode, type ErrorOf, type ErrorSchemas, type Event, type Format, type FormatOptions, type GreetingLink, type HeartbeatOptions, HoldfastError, type InDoubt, type InputOf, type Invalid, type InvalidRecord, type ItemOf, type Log, type LogEntry, type LogLevel, type Lost, type MessageSchemas, type NamesOf, type NodeOptions, type NodeTransportOptions, type Nothing, type OutboxOptions, type OutputOf, type PayloadOf, type Provided, type ReaderOptions, type RemoteError, type SessionEvents, type Stream, type TlsOptions, type Tried, type TypedConnectOptions, type Undo, type Verdict, type WaitOptions, type Why, call, connect, createClient, defineContract, event, mergeContracts, nodeTransport, stream };
