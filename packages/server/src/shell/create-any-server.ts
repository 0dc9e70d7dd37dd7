import { type AnyHandler, check, type Clock, type Contract, fill, wait } from "@holdfast/core/exchange";
import { closeCodes, encode } from "@holdfast/core/session";
import type { Server, ServerOptions } from "../options.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { ServerLink } from "../ports/server-link.ts";
import { RoomAudience } from "./audience.ts";
import type { HostedLink } from "./hosted-link.ts";
import type { HostedSession } from "./hosted-session.ts";
import { Hub } from "./hub.ts";
import { serverDefaults } from "./server-defaults.ts";

/** Where a server gets time, chance and names. */
export interface ServerPorts {
  readonly clock: Clock;
  readonly secrets: Secrets;
}

/** A server without sockets: whoever has them hands them in. */
export interface AnyServer<S extends Server = Server> {
  readonly server: S;
  /** A socket opened, on which `holdfast.1` was chosen. */
  accept(link: ServerLink, request: unknown): HostedLink;
  /** Whether no new links are taken. */
  readonly isDraining: boolean;
  readonly maxMessageBytes: number;
}

/**
 * The other end, on any runtime.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
export function createAnyServer(
  contract: Contract,
  options: ServerOptions,
  handlers: Readonly<Record<string, AnyHandler | undefined>>,
  { clock, secrets }: ServerPorts,
): AnyServer {
  const { limits, heartbeat, resumeWithinMs } = fill(serverDefaults, options);
  const { handshakeMs, messagesPerSecond, ...bounds } = limits;
  const { allowedOrigins } = options;
  const areFine = allowedOrigins === undefined || allowedOrigins === "any" || Array.isArray(allowedOrigins);
  check("allowedOrigins", allowedOrigins, areFine, 'a list of origins, or "any"');
  for (const name of Object.keys(contract.fromClient)) {
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    check(`handlers.${name}`, handler, typeof handler === "function", "a function");
  }
  const hub = new Hub({
    contract,
    options,
    handshakeMs,
    messagesPerSecond,
    clock,
    secrets,
    limits: {
      ...bounds,
      // Nobody is told from anybody else where nobody is asked.
      sessionsPerIdentity: options.authenticate ? bounds.sessionsPerIdentity : Infinity,
      frameBytes: 65_536,
      ackDelayMs: 0,
      resumeWithinMs,
      heartbeat,
    },
  });
  let isDraining = false;

  const everybody = (): Iterable<HostedSession> => hub.hosted.values();
  const audience = new RoomAudience({ entries: hub.fromServer, rooms: hub.rooms }, []);
  const all = new RoomAudience({ entries: hub.fromServer, rooms: hub.rooms }, [everybody]);

  async function drain({
    withinMs = 30_000,
  }: { readonly withinMs?: number | undefined } = {}): Promise<void> {
    check("withinMs", withinMs, withinMs >= 0, "a number from 0");
    isDraining = true;
    const notice = encode(["drain", { withinMs: Math.floor(withinMs / 2) }]);
    for (const session of hub.hosted.values()) session.link?.write(notice);
    const left = wait<void>(clock, { timeoutMs: withinMs }, ({ resolve }) => {
      hub.emptied = resolve;
      if (!hub.links.size) resolve();
      return () => (hub.emptied = () => {});
    });
    // Whoever has not moved by now is let go.
    await left.catch(() => {});
    for (const link of hub.links) link.hangUp(closeCodes.drain, "the server stops");
  }

  async function close(): Promise<void> {
    isDraining = true;
    hub.close(1001, "the server stops");
  }

  const server = {
    sessions: { [Symbol.iterator]: () => everybody()[Symbol.iterator]() },
    on: hub.events.on,
    emit: (name: string, payload: unknown) => all.emit(name, payload),
    to: (room: string) => audience.to(room),
    toIdentity: (id: string) =>
      new RoomAudience({ entries: hub.fromServer, rooms: hub.rooms }, [
        () => [...everybody()].filter(({ identity }) => identity.id === id),
      ]),
    except: (session: { readonly id: string }) => all.except(session),
    drain,
    close,
    [Symbol.asyncDispose]: close,
  } as unknown as Server;
  hub.handlers = handlers;
  hub.server = server;

  return {
    server,
    accept: (link, request) => hub.accept(link, request),
    get isDraining() {
      return isDraining;
    },
    maxMessageBytes: limits.maxMessageBytes,
  };
}
