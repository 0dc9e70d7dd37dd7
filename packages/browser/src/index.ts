import { type Connect, createConnection, systemClock } from "@holdfast/core";
import { pageSurroundings } from "./surroundings.ts";
import { browserTransport } from "./transport.ts";

export {
  type BackoffOptions,
  type Close,
  type Closed,
  type Connection,
  type ConnectionEvents,
  type ConnectionState,
  type CommonOptions,
  type ConnectOptions,
  type Dropped,
  type ErrorCode,
  type Format,
  type FormatOptions,
  type GreetingLink,
  type HeartbeatOptions,
  HoldfastError,
  type Invalid,
  type Log,
  type LogEntry,
  type LogLevel,
  type MessageSchemas,
  type OutboxOptions,
  type Provided,
  type TypedConnectOptions,
  type Undo,
  type Verdict,
  type WaitOptions,
  type Why,
} from "@holdfast/core";
export { browserTransport, type BrowserTransportOptions } from "./transport.ts";
export { pageSurroundings } from "./surroundings.ts";

/** {@inheritDoc Connect} Over the global `WebSocket`: browsers, Deno, Bun, Workers, React Native. */
export const connect: Connect = ((url: string, options: object = {}) =>
  createConnection(
    {
      transport: browserTransport(),
      clock: systemClock,
      surroundings: pageSurroundings(),
      hasPing: false,
      base: () => globalThis.location?.href ?? "",
    },
    url,
    options,
  )) as Connect;
