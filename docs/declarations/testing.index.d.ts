/// <reference lib="esnext.disposable" />
import { Client, ClientOptions, Contract } from "@holdfast/core";
import { Anonymous, AskingServerOptions, Handlers, Identity, Server, ServerOptions } from "@holdfast/server/host";
import { Clock, Data, DialRequest, Instant, Link, LinkListener, Transport } from "@holdfast/core/driver";
/** Where a virtual clock begins. */
interface VirtualClockOptions {
  /**
   * What `random()` is seeded with.
   *
   * @defaultValue 1
   */
  readonly seed?: number | undefined;
  /**
   * What `epochMs()` says at first.
   *
   * @defaultValue 2026-01-01T00:00:00Z
   */
  readonly startEpochMs?: number | undefined;
}
/** Makes a clock that stands still until the test moves it. */
declare function virtualClock(options?: VirtualClockOptions): VirtualClock;
/** A clock that only a test moves. */
declare class VirtualClock implements Clock {
  #private;
  constructor({ seed, startEpochMs }: VirtualClockOptions);
  /** Milliseconds since the clock was made. */
  now(): Instant;
  /** The same moment on `Date.now()`'s scale. */
  epochMs(): number;
  /** Chance, in [0, 1), from the seed. */
  random(): number;
  /**
   * Calls back when the test has moved the clock so far; returns the undo.
   *
   * @throws RangeError for less than 0.
   */
  schedule(delayMs: number, callback: () => void): () => void;
  /** How many callbacks are armed: 0 when nothing was left behind. */
  get pending(): number;
  /**
   * Moves on by `ms`, stopping at each callback that is due by then, in order of time and then of scheduling.
   * Those scheduled on the way count. `advance(0)` fires what is due now.
   *
   * @throws whatever a callback throws; the clock then stands where it was thrown.
   */
  advance(ms: number): void;
  /**
   * Like `advance`, but lets promises settle first and after each callback.
   * It does so by waiting for a task of the real event loop, before which the runtime runs every reaction that is ready.
   * Promises that wait for real input or output are not waited for.
   */
  advanceAsync(ms: number): Promise<void>;
  /** Lets promises settle and fires what is due now, until neither is left. */
  settle(): Promise<void>;
  /**
   * Lets `ms` pass in which nothing fires: a blocked loop, a laptop that sleeps.
   * What came due meanwhile fires late, at the next `advance`.
   */
  stall(ms: number): void;
}
/** Chance that repeats: the same seed gives the same row of numbers on every machine. */
interface SeededRandom {
  /** The next number, in [0, 1). */
  next(): number;
  /** The next whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /**
   * One of the items.
   *
   * @throws RangeError when there is none.
   */
  pick<T>(items: readonly T[]): T;
}
/** Makes a {@link SeededRandom}: mulberry32, 32 bits of state. Good for tests, not for secrets. */
declare function seededRandom(seed: number): SeededRandom;
/**
 * What a scripted link is doing. `aborting`: hung up before it opened. `closed`: said so to its listener.
 * `terminated`: dropped without a word.
 */
type LinkPhase = "connecting" | "aborting" | "open" | "closing" | "closed" | "terminated";
/**
 * One dial of a scripted transport: what was done to it, and the verbs of its peer and its network.
 * A verb throws where the port forbids what it would tell: a message before `open()`, anything after the end.
 */
interface ScriptedLink {
  /** What was dialled. */
  readonly request: DialRequest;
  /** What the link is doing. */
  readonly phase: LinkPhase;
  /** What was sent, in order; bytes are copies. What a closing socket drops is not in it. */
  readonly sent: readonly Data[];
  /** How often `ping()` was called. */
  readonly pings: number;
  /** What `close()` was first called with. */
  readonly hungUp: {
    readonly code: number;
    readonly reason: string;
  } | undefined;
  /** Whether `terminate()` was called, in whatever phase. */
  readonly terminated: boolean;
  /** What the driver reads as `bufferedBytes`; for the test to set. */
  bufferedBytes: number;
  /** Data for which `send` throws; for the test to set. */
  poison: ((data: Data) => boolean) | undefined;
  /** The dial succeeds. */
  open(): void;
  /** The dial fails, with the status of a refused upgrade where the runtime shows one. */
  fail(httpStatus?: number): void;
  /** A message arrives. */
  receive(data: Data): void;
  /** A pong arrives: a sign of life that is no message. */
  pong(): void;
  /** The peer began to close: nothing can be sent any more, and what was on its way still comes; `close()` tells the end. */
  goodbye(): void;
  /** The peer closes; cleanly, unless told otherwise. */
  close(code: number, reason?: string, wasClean?: boolean): void;
  /** The network breaks and says so: 1006, not clean. */
  cut(): void;
  /** The peer completes our closing handshake. A link that never opened has none: it ends with 1006, as in every runtime. */
  answerClose(): void;
}
/** How a scripted transport behaves on its own. */
interface ScriptedTransportOptions {
  /** What counts as "a moment later"; without it, a microtask. */
  readonly clock?: Clock | undefined;
  /**
   * Whether links open, and answer our `close`, on their own a moment later.
   *
   * @defaultValue false
   */
  readonly auto?: boolean | undefined;
  /**
   * Whether links have `ping`; browsers' have not.
   *
   * @defaultValue "on"
   */
  readonly ping?: "on" | "off" | undefined;
}
/** Makes a transport whose network is the test. */
declare function scriptedTransport(options?: ScriptedTransportOptions): ScriptedTransport;
/** A transport whose links do what the test says, and tell what was done to them. */
declare class ScriptedTransport implements Transport {
  #private;
  constructor(options: ScriptedTransportOptions);
  /** Every link ever dialled, in order. */
  get links(): readonly ScriptedLink[];
  /**
   * The newest link.
   *
   * @throws when nothing was dialled yet.
   */
  get last(): ScriptedLink;
  /** How many links were dialled and are neither closed nor terminated: 1 at most, if nothing leaks. */
  get open(): number;
  /** From now on every dial fails, a moment after it was made. Links that are open stay so. */
  fence(): void;
  /** Dials are again what they were. */
  unfence(): void;
  /**
   * Notes the dial. The listener hears of it when the test, or `auto`, lets it.
   *
   * @throws SyntaxError for a url that is not `ws:` or `wss:`, as a browser does.
   */
  dial(request: DialRequest, listener: LinkListener): Link;
}
/** A place in a contract where JSON does not bring back what was sent. */
interface ContractFinding {
  /** The schema: `fromClient.publish.payload`, `fromServer.join.errors.FULL`. */
  readonly entry: string;
  /** Where in it: `items[].at`, and `""` for the schema itself. `*` stands for keys that are not known. */
  readonly path: string;
  /** What happens there. */
  readonly problem: string;
  /** What to write instead. */
  readonly remedy: string;
}
/**
 * Finds what JSON changes on its way: dates, maps, `undefined` in arrays and the like. Empty when all is well, so
 * `expect(checkContract(contract)).toEqual([])` is a whole test. Codecs are judged by their wire side, `any` and
 * `unknown` are taken at their word. A schema that is used in many places is told of in the first one of an entry.
 */
declare function checkContract(contract: Contract): readonly ContractFinding[];
/** Where a simulated network leads: takes the server's end of a link, and gives who listens there. */
type Accept = (link: ServerEnd, request: DialRequest) => LinkListener;
/** The server's end of a simulated link. */
interface ServerEnd extends Link {
  readonly drainedBytes: number;
  readonly readBytes: number;
  sendAll(texts: readonly string[]): void;
}
/** A network in virtual time, on which things go wrong when the test says so. */
declare class SimulatedNetwork implements Transport {
  #private;
  /** What every message takes. For the test to set. */
  latencyMs: number;
  constructor(clock: Clock, accept: Accept);
  /** Links of which neither end has heard the end. */
  get links(): number;
  /** Links ever opened. */
  get totalLinks(): number;
  /** Breaks every link there is; both ends are told. New ones are as before. */
  cut(): void;
  /** Breaks every link there is; the server is told, the client is not. */
  halfOpen(): void;
  /** Breaks every link there is; the client is told, the server is not. */
  vanish(): void;
  /** From now on nothing arrives any more, on new links neither, and nobody is told, until `heal()`. */
  blackhole(): void;
  /** From now on every dial fails, until `heal()`. */
  refuse(): void;
  /** New links are as they should be. Those that fell into a black hole stay there. */
  heal(): void;
  dial(request: DialRequest, listener: LinkListener): Link;
}
/** What a pair is made of. */
interface TestPairOptions<K extends Contract, I extends Identity> {
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
type KnowingTestPairOptions<K extends Contract, I extends Identity> = TestPairOptions<K, I> & ({
  readonly identity: I;
} | {
  readonly server: AskingServerOptions<I>;
});
/** A client and a server, the network between them, and the time they live in. */
interface TestPair<K extends Contract, I extends Identity> {
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
declare function testPair<K extends Contract, I extends Identity>(contract: K, options: KnowingTestPairOptions<K, I>): TestPair<K, I>;
/** The same where everybody may be anonymous. Where handlers know somebody else, `identity` or `server.authenticate` has to say who. */
declare function testPair<K extends Contract, I extends Identity = Anonymous>(contract: K, options: Anonymous extends I ? TestPairOptions<K, I> : KnowingTestPairOptions<K, I>): TestPair<K, I>;
export { type Accept, type ContractFinding, type KnowingTestPairOptions, type LinkPhase, type ScriptedLink, type ScriptedTransport, type ScriptedTransportOptions, type SeededRandom, type ServerEnd, SimulatedNetwork, type TestPair, type TestPairOptions, type VirtualClock, type VirtualClockOptions, checkContract, scriptedTransport, seededRandom, testPair, virtualClock };
