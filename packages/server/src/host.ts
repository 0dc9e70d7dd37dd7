// A server without sockets, for other runtimes and for tests.
export { type AnyServer, createAnyServer, type ServerPorts } from "./shell/create-any-server.ts";
export { type Secrets } from "./ports/secrets.ts";
export { type ServerLink } from "./ports/server-link.ts";
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
