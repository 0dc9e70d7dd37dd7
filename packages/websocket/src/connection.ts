import {
  type Clock,
  createDriver,
  type DialRequest,
  type Driver,
  type Event as DriverEvent,
  type Host,
  type Judgement,
  type State,
  systemClock,
} from "@holdfast/core/driver";
import { reconnectionDelayMs } from "./delay.ts";
import { dial, type RawLink } from "./dial.ts";
import { endOf, Ends, failure } from "./ends.ts";
import { events } from "./events/socket-event-target.ts";
import type { Options, ProtocolsProvider, UrlProvider } from "./options.ts";
import type { SocketClass } from "./socket-like.ts";
import { resolveProtocols, resolveUrl } from "./target.ts";
import { troubleOf } from "./trouble.ts";

/** What a connection tells. */
export interface ConnectionListener {
  /** An event for the user. */
  fire(event: Event): void;
  /** The link is open: write what waited. */
  flush(): void;
}

/** The shell around the driver of core: asks the providers, judges losses, and puts what happens into events. */
export class Connection {
  readonly #url: UrlProvider;
  readonly #protocols: ProtocolsProvider;
  readonly #options: Options;
  readonly #clock: Clock;
  readonly #listener: ConnectionListener;
  readonly #driver: Driver;
  readonly #ends: Ends;
  #retries = 0;
  /** A method is running: nothing is told before it has returned. */
  #isCalled = false;
  /** As the newest attempt has it. */
  url = "";
  binaryType: BinaryType = "blob";
  /** The newest, dead or alive. */
  link: RawLink | undefined;

  constructor(url: UrlProvider, protocols: ProtocolsProvider, options: Options, listener: ConnectionListener) {
    this.#url = typeof url === "function" ? url : (this.url = resolveUrl(url));
    this.#protocols = typeof protocols === "function" ? protocols : resolveProtocols(protocols);
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#listener = listener;
    this.#ends = new Ends(this.#clock, listener.fire);
    this.#driver = createDriver(this.#host());
  }

  get phase(): State["phase"] {
    return this.#driver.state.phase;
  }

  get readyState(): 0 | 1 | 2 | 3 {
    const { phase } = this;
    if (this.#ends.readyState) return this.#ends.readyState;
    if (phase === "open") return this.link?.socket?.readyState === 1 ? 1 : 2;
    if (phase === "closing") return 2;
    return phase === "idle" || phase === "ended" ? 3 : 0;
  }

  get retryCount(): number {
    const { state } = this.#driver;
    return state.phase === "open" && this.#clock.now() >= state.stableAt ? 0 : this.#retries;
  }

  open(): void {
    this.#dispatch({ type: "open" });
  }

  close(code: number, reason: string): void {
    const { phase } = this;
    this.#dispatch({ type: "close", code, reason });
    if (phase !== "dialing" && phase !== "waiting") return;
    if (!this.#ends.isAny) {
      this.#ends.push(endOf(failure({})));
      this.#ends.tellSoon();
    }
    this.#ends.readyState ??= 2;
  }

  reconnect(code: number, reason: string): void {
    const { phase } = this;
    this.#retries = 0;
    this.#ends.readyState = undefined;
    if (phase === "open") this.link?.close(code, reason);
    this.#dispatch({ type: "reconnect" });
    if (phase !== "open" && phase !== "closing") return;
    this.#ends.push(endOf({ code, reason, wasClean: true }));
    this.#ends.tellSoon();
  }

  debug(...what: unknown[]): void {
    const { debug, debugLogger = console.log } = this.#options;
    if (debug) debugLogger("RWS>", ...what);
  }

  #host(): Host {
    const { minUptime = 5_000, maxRetries = Infinity } = this.#options;
    return {
      clock: this.#clock,
      policy: {
        backoff: { initialMs: 0, maxMs: 0, factor: 1, jitter: "none", maxAttempts: maxRetries + 1 },
        // Only the socket is timed, by `dial`: a provider may take its time.
        dialTimeoutMs: Infinity,
        closeTimeoutMs: 3_000,
        stableAfterMs: minUptime,
        heartbeat: undefined,
      },
      surroundings: { watch: () => () => {} },
      transport: { dial: (request, listener) => (this.link = this.#dial(request, listener)) },
      request: () => this.#request(),
      judge: (next) => this.#judge(next),
      flush: () => this.#listener.flush(),
      ping() {},
      message() {},
      thrown: (_, error) => this.#report(error),
      changed: (state, before) => this.#changed(state, before),
    };
  }

  #request(): DialRequest | Promise<DialRequest> {
    const url = this.#url;
    const protocols = this.#protocols;
    if (typeof url === "string" && typeof protocols !== "function") {
      return { url, protocols: protocols as readonly string[] };
    }
    return Promise.all([ask(url), ask(protocols)]).then(([url, protocols]) => ({
      url: resolveUrl(url),
      protocols: resolveProtocols(protocols),
    }));
  }

  #dial(request: DialRequest, listener: Parameters<typeof dial>[1]): RawLink {
    const { connectionTimeout: timeoutMs = 4_000 } = this.#options;
    this.debug("connect", request);
    this.url = request.url;
    return dial(request, listener, {
      WebSocket: socketClass(this.#options),
      clock: this.#clock,
      timeoutMs,
      binaryType: this.binaryType,
      hear: ({ data, origin = "", lastEventId = "" }) => {
        if (this.phase !== "open") return;
        this.#ends.tell();
        this.debug("message event");
        this.#listener.fire(new events.MessageEvent("message", { data, origin, lastEventId }));
      },
    });
  }

  /** A connection or an attempt has ended: what will be told of it, and whether and when it goes on. */
  #judge({ attempt, why }: Parameters<Host["judge"]>[0]): Judgement {
    const { maxRetries = Infinity, shouldReconnectOnClose } = this.#options;
    const error = why.kind === "failed" ? why.error : undefined;
    const end = endOf(why.kind === "closed" ? why : failure(troubleOf(error)));
    this.#ends.push(end);
    this.#retries = Math.min(attempt - 1, maxRetries);
    const delayMs = reconnectionDelayMs(this.#options, attempt - 1, this.#clock.random());
    this.debug("close event", end.close.code, end.close.reason);
    try {
      if (shouldReconnectOnClose?.(end.close) === false) return { verdict: "stop" };
    } catch (error) {
      this.#report(error);
    }
    this.debug("next delay", delayMs);
    return { verdict: "retry", delayMs };
  }

  #changed(state: State, before: State): void {
    if (state.phase === "ended" && state.close && before.phase === "closing") this.#ends.push(endOf(state.close));
    if (!this.#isCalled) this.#ends.tell();
    if (state.phase === "open" && before.phase !== "open") {
      this.debug("open event");
      this.#listener.fire(new events.Event("open"));
    }
  }

  #dispatch(event: DriverEvent): void {
    this.#isCalled = true;
    this.#driver.dispatch(event);
    this.#isCalled = false;
  }

  /** For the global handler, as what a listener throws. */
  #report(error: unknown): void {
    this.#clock.schedule(0, () => {
      throw error;
    });
  }
}

/** The class of the sockets underneath. */
export function socketClass(options: Options): SocketClass {
  const { WebSocket } = options.WebSocket ? options : (globalThis as Pick<Options, "WebSocket">);
  if (!WebSocket) throw new TypeError("there is no global WebSocket here: give a class as the option WebSocket");
  return WebSocket;
}

/** Asks a provider, if it is one. Async, so that what it throws becomes a rejection. */
async function ask<T>(provider: T | (() => T | PromiseLike<T>)): Promise<T> {
  return typeof provider === "function" ? (provider as () => T | PromiseLike<T>)() : provider;
}
