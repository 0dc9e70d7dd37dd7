import {
  type AnyClientOptions,
  type Client,
  type ClientOptions,
  type Contract,
  createAnyClient,
} from "@holdfast/core";
import {
  type Anonymous,
  type AskingServerOptions,
  type AnyServer,
  createAnyServer,
  type Handlers,
  type Identity,
  type Secrets,
  type Server,
  type ServerOptions,
} from "@holdfast/server/host";
import { type VirtualClock, virtualClock } from "../clock/virtual-clock.ts";
import { SimulatedNetwork } from "./simulated-network.ts";

/** What a pair is made of. */
export interface TestPairOptions<K extends Contract, I extends Identity> {
  /** The server's handlers, as for `createServer(...).handle`. */
  readonly handlers: Handlers<K, I>;
  /** Who every client is; instead of `server.authenticate`. */
  readonly identity?: I | undefined;
  /** As for `createServer`. Its log is off. */
  readonly server?: ServerOptions<I> | undefined;
  /** As for `createClient`; without a URL. Its log is off. */
  readonly client?: Partial<ClientOptions<K>> | undefined;
  /** The time they live in, where `authenticate` or a handler asks for it. @defaultValue a `virtualClock({ seed })` */
  readonly clock?: VirtualClock | undefined;
  /** What chance is seeded with, where no `clock` is given. @defaultValue 1 */
  readonly seed?: number | undefined;
}

/** {@link TestPairOptions} that say who clients are, without which everybody is anonymous. */
export type KnowingTestPairOptions<K extends Contract, I extends Identity> = TestPairOptions<K, I> &
  ({ readonly identity: I } | { readonly server: AskingServerOptions<I> });

/** A client and a server, the network between them, and the time they live in. */
export interface TestPair<K extends Contract, I extends Identity> {
  readonly client: Client<K>;
  readonly server: Server<K, I>;
  readonly network: SimulatedNetwork;
  readonly clock: VirtualClock;
  /** One client more, over the same network. */
  connect(options?: Partial<ClientOptions<K>>): Client<K>;
}

/**
 * A whole app without a socket, in virtual time: `await clock.advanceAsync(50)` lets it pass, `network.cut()` breaks it.
 * Nothing happens until the clock is moved.
 */
export function testPair<K extends Contract, I extends Identity>(
  contract: K,
  options: KnowingTestPairOptions<K, I>,
): TestPair<K, I>;
/** The same where everybody may be anonymous. Where handlers know somebody else, `identity` or `server.authenticate` has to say who. */
export function testPair<K extends Contract, I extends Identity = Anonymous>(
  contract: K,
  options: Anonymous extends I ? TestPairOptions<K, I> : KnowingTestPairOptions<K, I>,
): TestPair<K, I>;
export function testPair<K extends Contract, I extends Identity>(
  contract: K,
  {
    handlers,
    identity,
    server: serverOptions,
    client: clientOptions,
    seed,
    clock = virtualClock({ seed }),
  }: TestPairOptions<K, I>,
): TestPair<K, I> {
  const authenticate = identity && (() => ({ identity }));
  const host: AnyServer = createAnyServer(
    contract,
    { log: "off", ...(authenticate && { authenticate }), ...serverOptions },
    handlers,
    { clock, secrets: countedSecrets(), nextRound: queueMicrotask },
  );
  const network = new SimulatedNetwork(clock, (link, request) => host.accept(link, request));

  function connect(options: Partial<ClientOptions<K>> = {}): Client<K> {
    const adapter = {
      transport: network,
      clock,
      surroundings: { watch: () => () => {} },
      hasPing: false,
      base: () => undefined,
    };
    const all: AnyClientOptions = { url: "ws://server.test/", log: "off", ...clientOptions, ...options };
    return createAnyClient(adapter, contract, all);
  }

  return {
    client: connect(),
    server: host.server as unknown as Server<K, I>,
    network,
    clock,
    connect,
  };
}

/** Names and proofs that repeat from run to run. Good for tests, not for secrets. */
function countedSecrets(): Secrets {
  let ids = 0;
  let tokens = 0;
  return {
    id: () => `session-${++ids}`,
    token: () => `token-${++tokens}`,
    hash: (token) => `hash of ${token}`,
  };
}
