/// <reference lib="esnext.disposable" />
import { a as Handlers, c as Server, d as Session, f as Visitor, i as HandlerContext, l as ServerEvents, n as Audience, o as Identity, p as Welcomed, r as Handler, s as LimitOptions, t as Anonymous, u as ServerOptions } from "./options.js";
import { IncomingMessage, Server as Server$1 } from "node:http";
import { Call, Contract, Contract as Contract$1, Entry, ErrorCode, ErrorSchemas, Event, HoldfastError, InvalidRecord, Log, LogEntry, LogLevel, Nothing, Stream, Undo, call, defineContract, event, mergeContracts, stream } from "@holdfast/core";
/** A server on Node's HTTP. */
interface NodeServer<K extends Contract$1 = Contract$1, I extends Identity = Identity> extends Server<K, I> {
  /**
   * Takes the upgrades of an HTTP server: of one path, or of all. Others are left to others, and after `close()` so are these:
   * whoever has an `upgrade` listener of its own there answers what nobody else does.
   *
   * @throws HoldfastError `CONFIG` for a path that cannot be or that another Holdfast server has there, `CLOSED` after `close()`.
   */
  attach(server: Server$1, options?: {
    readonly path?: string | undefined;
  }): NodeServer<K, I>;
  /**
   * Listens by itself.
   *
   * @param options - `port` [0: any that is free], `host` ["127.0.0.1"], `path` [any]
   * @throws HoldfastError `CONFIG` for a path that cannot be or a port that cannot be listened to, `CLOSED` after `close()`.
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
declare function createServer<K extends Contract$1, I extends Identity = Anonymous>(contract: K, options?: ServerOptions<I, IncomingMessage>): {
  handle(handlers: Handlers<K, I>): NodeServer<K, I>;
};
export { type Anonymous, type Audience, type Call, type Contract, type Entry, type ErrorCode, type ErrorSchemas, type Event, type Handler, type HandlerContext, type Handlers, HoldfastError, type Identity, type InvalidRecord, type LimitOptions, type Log, type LogEntry, type LogLevel, NodeServer, type Nothing, type Server, type ServerEvents, type ServerOptions, type Session, type Stream, type Undo, type Visitor, type Welcomed, call, createServer, defineContract, event, mergeContracts, stream };
