import {
  type AnyHandler,
  check,
  checkEntries,
  type Clock,
  type Contract,
  fill,
  type NextRound,
  wait,
} from "@holdfast/core/exchange";
import { after, closeCodes } from "@holdfast/core/session";
import type { DrainOptions, Server, ServerOptions } from "../options.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { ServerLink } from "../ports/server-link.ts";
import { RoomAudience } from "./audience.ts";
import type { HostedLink } from "./hosted-link.ts";
import type { HostedSession } from "./hosted-session.ts";
import { checkErrorCodes, checkOrigins } from "./check-options.ts";
import { Hub } from "./hub.ts";
import { serverDefaults } from "./server-defaults.ts";

/** Where a server gets time, chance and names. */
export interface ServerPorts {
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly nextRound: NextRound;
}

/** A server without sockets: whoever has them hands them in. */
export interface AnyServer<S extends Server = Server> {
  readonly server: S;
  /** A socket opened, on which `holdfast.1` was chosen. */
  accept(link: ServerLink, request: unknown): HostedLink;
  /** A link was turned away before there was a socket, with this HTTP status. */
  refused(status: number, reason: string, details: object): void;
  /** An upgrade that was ours was answered by somebody else as well, who has broken it. */
  disturbed(details: object): void;
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
  { clock, secrets, nextRound }: ServerPorts,
): AnyServer {
  checkEntries(contract);
  for (const [name, value] of Object.entries({ options, handlers })) {
    check(name, value, typeof value === "object" && value !== null, "an object");
  }
  checkErrorCodes(contract);
  // Only a connection may be without one: a server that asks nobody keeps the dead for ever.
  // Which may not be "off" here.
  const { heartbeat: beat = {} } = options;
  check("heartbeat", beat, typeof beat === "object" && beat !== null, "an object");
  const { limits, heartbeat, resumeWithinMs } = fill(serverDefaults, options);
  const { handshakeMs, messagesPerSecond, ...bounds } = limits;
  // Without any of these everybody would wait for ever, and nobody be told.
  for (const name of ["outboxBytes", "windowBytes", "handlersInFlight", "messagesPerSecond"] as const) {
    check(`limits.${name}`, limits[name], limits[name] >= 1, "a number from 1");
  }
  checkOrigins(options.allowedOrigins);
  // What is said in `welcome` has to be what the protocol can say.
  const told = {
    ...heartbeat,
    resumeWithinMs,
    windowBytes: limits.windowBytes,
    maxMessageBytes: limits.maxMessageBytes,
  };
  for (const [name, value] of Object.entries(told)) check(name, value, isWhole(value), "a whole number");
  const { maxMessageBytes } = limits;
  check("limits.maxMessageBytes", maxMessageBytes, maxMessageBytes >= 1_024, "at least 1024");
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
    nextRound,
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
  const speaker = {
    entries: hub.fromServer,
    rooms: hub.rooms,
    failed: (name: string, error: unknown) => hub.report("warn", "not delivered", { name, error }),
  };
  const audience = new RoomAudience(speaker, []);
  const all = new RoomAudience(speaker, [everybody]);

  async function drain({ withinMs = 30_000, url = hub.draining?.url }: DrainOptions = {}): Promise<void> {
    check("withinMs", withinMs, isWhole(withinMs), "a whole number from 0");
    const isFine = url === undefined || (URL.canParse(url) && /^(ws|http)s?:[^#]*$/i.test(url));
    check("url", url, isFine, "a ws or http URL, no fragment");
    isDraining = true;
    hub.draining = { until: after(clock.now(), withinMs), url };
    for (const link of hub.links) link.depart();
    const left = wait<void>(clock, { timeoutMs: withinMs }, ({ resolve }) => {
      hub.rested.add(resolve);
      if (hub.isAtRest) resolve();
      return () => hub.rested.delete(resolve);
    });
    // Whoever has not moved by now is let go.
    await left.catch(() => {});
    for (const link of hub.links) link.hurry();
    hub.hangUp(closeCodes.drain, "the server stops");
    // Who asked for more time does not wait longer for what is not through.
    for (const tell of hub.rested) tell();
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
    toIdentity: (id: string) => new RoomAudience(speaker, [() => hub.of(id)]),
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
    refused(status, reason, details) {
      hub.report("warn", "upgrade refused", { status, reason, ...details });
      hub.events.emit("refused", { code: status, reason });
    },
    disturbed(details) {
      const words = "another upgrade listener of this HTTP server answered what is ours: see attach";
      hub.report("error", words, details);
    },
    get isDraining() {
      return isDraining;
    },
    maxMessageBytes: limits.maxMessageBytes,
  };
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
