/// <reference lib="esnext.disposable" />
import { a as DrainOptions, c as Handlers, d as Server, f as ServerEvents, g as Welcomed, h as Visitor, i as AuthenticateResult, l as Identity, m as Session, n as AskingServerOptions, o as Handler, p as ServerOptions, r as Audience, s as HandlerContext, t as Anonymous, u as LimitOptions } from "./options.js";
import { IncomingMessage, Server as Server$1 } from "node:http";
import { Call, Contract, Contract as Contract$1, Entry, ErrorCode, ErrorSchemas, Event, HoldfastError, InvalidRecord, Log, LogEntry, LogLevel, Nothing, Stream, Undo, call, defineContract, event, mergeContracts, stream } from "@holdfast/core";
import { Http2SecureServer } from "node:http2";
/** What has upgrades to give: a server of HTTP/1.1, or one of HTTP/2 that speaks it too (`allowHTTP1`), as Vite's with TLS does. */
type UpgradingServer = Server$1 | Http2SecureServer;
/** A server on Node's HTTP. */
interface NodeServer<K extends Contract$1 = Contract$1, I extends Identity = Identity> extends Server<K, I> {
  /**
   * Takes the upgrades of an HTTP server (HTTP/2 with `allowHTTP1`, too): of one path, or of all. Others are left to others, and after `close()` so are these:
   * whoever has an `upgrade` listener of its own there answers what nobody else does. One that answers what is not its own either (a `ws` server given
   * `server` instead of `noServer`, of which the log tells; `@fastify/websocket`) breaks ours.
   *
   * @throws HoldfastError `CONFIG` for what is no server or speaks HTTP/2 alone, and a path that cannot be or that another Holdfast server has there; `CLOSED` after `close()`.
   */
  attach(server: UpgradingServer, options?: {
    readonly path?: string | undefined;
  }): NodeServer<K, I>;
  /**
   * Listens by itself.
   *
   * @param options - `port` [0: any that is free], `host` ["127.0.0.1"], `path` [any]
   * @throws HoldfastError `CONFIG` for a path that cannot be, and a port or host that cannot be listened to, with the system's words; `CLOSED` after `close()`.
   */
  listen(options?: {
    readonly port?: number | undefined;
    readonly host?: string | undefined;
    readonly path?: string | undefined;
  }): Promise<{
    readonly port: number;
    readonly url: string;
  }>;
}
/**
 * The other end of `createClient`. Handlers are passed separately, so that they know the identity: `createServer(contract,
 * options).handle({ ... })`.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
declare function createServer<K extends Contract$1, I extends Identity>(contract: K, options: AskingServerOptions<I, IncomingMessage>): {
  handle(handlers: Handlers<K, I>): NodeServer<K, I>;
};
/**
 * The same where everybody may be {@link Anonymous}. Where handlers know somebody else, `authenticate` has to say who.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
declare function createServer<K extends Contract$1, I extends Identity = Anonymous>(contract: K, ...options: Anonymous extends I ? [options?: ServerOptions<I, IncomingMessage>] : [options: AskingServerOptions<I, IncomingMessage>]): {
  handle(handlers: Handlers<K, I>): NodeServer<K, I>;
};
export { type Anonymous, type AskingServerOptions, type Audience, type AuthenticateResult, type Call, type Contract, type DrainOptions, type Entry, type ErrorCode, type ErrorSchemas, type Event, type Handler, type HandlerContext, type Handlers, HoldfastError, type Identity, type InvalidRecord, type LimitOptions, type Log, type LogEntry, type LogLevel, NodeServer, type Nothing, type Server, type ServerEvents, type ServerOptions, type Session, type Stream, type Undo, type Visitor, type Welcomed, call, createServer, defineContract, event, mergeContracts, stream };
