import { createServer as createHttpServer, type IncomingMessage, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import type { Contract } from "@holdfast/core";
import { check, HoldfastError, systemClock } from "@holdfast/core/exchange";
import type { Anonymous, AskingServerOptions, Handlers, Identity, Server, ServerOptions } from "./options.ts";
import { createAnyServer } from "./shell/create-any-server.ts";
import { nodeSecrets } from "./ws/node-secrets.ts";
import { Upgrades } from "./ws/upgrades.ts";
import { checkServer, type UpgradingServer } from "./ws/upgrading-server.ts";

export {
  type Call,
  call,
  type Contract,
  defineContract,
  type Entry,
  type ErrorCode,
  type ErrorSchemas,
  type Event,
  event,
  HoldfastError,
  type InvalidRecord,
  type Log,
  type LogEntry,
  type LogLevel,
  mergeContracts,
  type Nothing,
  type Stream,
  stream,
  type Undo,
} from "@holdfast/core";
export type {
  AuthenticateResult,
  Anonymous,
  AskingServerOptions,
  Audience,
  DrainOptions,
  Handler,
  HandlerContext,
  Handlers,
  Identity,
  LimitOptions,
  Server,
  ServerEvents,
  ServerOptions,
  Session,
  Visitor,
  Welcomed,
} from "./options.ts";

/** A server on Node's HTTP. */
export interface NodeServer<K extends Contract = Contract, I extends Identity = Identity> extends Server<
  K,
  I
> {
  /**
   * Takes the upgrades of an HTTP server (HTTP/2 with `allowHTTP1`, too): of one path, or of all. Others are left to others, and after `close()` so are these:
   * whoever has an `upgrade` listener of its own there answers what nobody else does. One that answers what is not its own either (a `ws` server given
   * `server` instead of `noServer`, of which the log tells; `@fastify/websocket`) breaks ours.
   *
   * @throws HoldfastError `CONFIG` for what is no server or speaks HTTP/2 alone, and a path that cannot be or that another Holdfast server has there; `CLOSED` after `close()`.
   */
  attach(server: UpgradingServer, options?: { readonly path?: string | undefined }): NodeServer<K, I>;
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
  }): Promise<{ readonly port: number; readonly url: string }>;
}

/**
 * The other end of `createClient`. Handlers are passed separately, so that they know the identity: `createServer(contract,
 * options).handle({ ... })`.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
export function createServer<K extends Contract, I extends Identity>(
  contract: K,
  options: AskingServerOptions<I, IncomingMessage>,
): { handle(handlers: Handlers<K, I>): NodeServer<K, I> };
/**
 * The same where everybody may be {@link Anonymous}. Where handlers know somebody else, `authenticate` has to say who.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
export function createServer<K extends Contract, I extends Identity = Anonymous>(
  contract: K,
  ...options: Anonymous extends I
    ? [options?: ServerOptions<I, IncomingMessage>]
    : [options: AskingServerOptions<I, IncomingMessage>]
): { handle(handlers: Handlers<K, I>): NodeServer<K, I> };
export function createServer<K extends Contract, I extends Identity>(
  contract: K,
  options: ServerOptions<I, IncomingMessage> = {},
): { handle(handlers: Handlers<K, I>): NodeServer<K, I> } {
  // A client takes them as an option. Who does so here never comes to `handle`, where everything else is checked.
  const { handlers: astray } = Object(options) as { readonly handlers?: unknown };
  check("handlers", astray, astray === undefined, "given to createServer(...).handle()");
  return {
    handle(handlers) {
      const host = createAnyServer(contract, options as ServerOptions, handlers, {
        clock: systemClock,
        secrets: nodeSecrets,
        nextRound: setImmediate,
      });
      const upgrades = new Upgrades(host, options);
      const listening = new Set<HttpServer>();
      const { close } = host.server;
      let isClosed = false;
      const checkOpen = (): void => {
        if (isClosed) throw new HoldfastError("CLOSED", "the server was closed");
      };

      const server: NodeServer = Object.assign(host.server, {
        attach(http: UpgradingServer, { path }: { readonly path?: string | undefined } = {}) {
          checkOpen();
          checkServer(http);
          checkPath(path);
          upgrades.attach(http, path);
          return server;
        },
        async listen({ port = 0, host: name = "127.0.0.1", path }: Parameters<NodeServer["listen"]>[0] = {}) {
          checkOpen();
          checkPath(path);
          check("port", port, Number.isInteger(port) && port >= 0 && port < 65_536, "a port");
          const http = createHttpServer((_, response) => {
            response.writeHead(426, { upgrade: "websocket", "content-type": "text/plain" });
            response.end("This is a Holdfast server: connect with createClient.\n");
          });
          listening.add(http);
          http.listen(port, name);
          const over = new AbortController();
          try {
            await Promise.race(["listening", "close"].map((event) => once(http, event, over)));
          } catch (cause) {
            listening.delete(http);
            const { message } = cause as Error;
            throw new HoldfastError("CONFIG", `cannot listen to port ${port} of ${name}: ${message}`, cause);
          } finally {
            over.abort();
          }
          checkOpen();
          upgrades.attach(http, path);
          const { port: taken, family } = http.address() as AddressInfo;
          const shown = family === "IPv6" ? `[${name}]` : name;
          return { port: taken, url: `ws://${shown}:${taken}${path ?? "/"}` };
        },
        async close() {
          isClosed = true;
          await close();
          await upgrades.close();
          const closed = [...listening].map((http) => {
            const gone = once(http, "close");
            http.close();
            // Connections that never said what they wanted.
            http.closeAllConnections();
            return gone;
          });
          listening.clear();
          await Promise.all(closed);
        },
      });
      Object.assign(server, { [Symbol.asyncDispose]: () => server.close() });
      return server as unknown as NodeServer<K, I>;
    },
  };
}

/** @throws HoldfastError `CONFIG` for what no URL can have as its path. */
function checkPath(path: unknown): void {
  const isFine = path === undefined || (typeof path === "string" && /^\/[^?#]*$/.test(path));
  check("path", path, isFine, "one that begins with /, without a query");
}
