/// <reference lib="esnext.disposable" />
import { BackoffOptions, Close, Closed, CommonOptions, Connect, ConnectOptions, Connection, ConnectionEvents, ConnectionState, Dropped, ErrorCode, Format, FormatOptions, GreetingLink, HeartbeatOptions, HoldfastError, Invalid, Log, LogEntry, LogLevel, MessageSchemas, OutboxOptions, Provided, Provided as Provided$1, Transport, TypedConnectOptions, Undo, Verdict, WaitOptions, Why } from "@holdfast/core";
import { Agent } from "node:http";
import { PerMessageDeflateOptions } from "ws";
import { ConnectionOptions, SecureContextOptions } from "node:tls";
/** How to trust the server and be trusted by it: as for `tls.connect`. */
type TlsOptions = SecureContextOptions & Pick<ConnectionOptions, "rejectUnauthorized" | "servername" | "checkServerIdentity">;
/** What sockets to dial with. */
interface NodeTransportOptions {
  readonly tls?: TlsOptions | undefined;
  /** A proxy's agent, say. Its own TLS options win over `tls`. */
  readonly agent?: Agent | undefined;
  /** @defaultValue `false`: compression costs memory and time for every message */
  readonly perMessageDeflate?: boolean | PerMessageDeflateOptions | undefined;
  /** A larger message ends the link with 1009. @defaultValue 100 MiB */
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
export { type BackoffOptions, type Close, type Closed, type CommonOptions, type ConnectOptions, type Connection, type ConnectionEvents, type ConnectionState, type Dropped, type ErrorCode, type Format, type FormatOptions, type GreetingLink, type HeartbeatOptions, HoldfastError, type Invalid, type Log, type LogEntry, type LogLevel, type MessageSchemas, type NodeOptions, type NodeTransportOptions, type OutboxOptions, type Provided, type TlsOptions, type TypedConnectOptions, type Undo, type Verdict, type WaitOptions, type Why, connect, nodeTransport };
