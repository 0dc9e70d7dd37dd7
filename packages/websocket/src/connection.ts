import {
  type Close,
  createDriver,
  type DialRequest,
  type Event as DriverEvent,
  systemClock,
} from "@holdfast/core/driver";
import { dial } from "./dial.ts";
import { domError } from "./dom-error.ts";
import { errorEvent, unknownCause } from "./error-event.ts";
import { events } from "./events/socket-event-target.ts";
import { byteLength, copyOf, messageOf } from "./message.ts";
import type { Message, Options, ProtocolsProvider, UrlProvider } from "./options.ts";
import { reconnectionDelayMs } from "./reconnection-delay.ts";
import type { SocketLike } from "./socket-like.ts";
import { resolveProtocols, resolveUrl } from "./target.ts";

/** What is behind a `ReconnectingWebSocket`; where names are the same, so are meanings. */
export interface Connection {
  readonly url: string;
  readonly readyState: 0 | 1 | 2 | 3;
  readonly bufferedAmount: number;
  readonly extensions: string;
  readonly protocol: string;
  readonly retryCount: number;
  readonly shouldReconnect: boolean;
  binaryType: BinaryType;
  send(data: unknown): boolean;
  drainQueuedMessages(): Message[];
  close(code: number, reason: string): void;
  reconnect(code: number, reason: string): void;
}

/** The shell around the driver of core: asks the providers, judges losses, and tells what happens by `dispatchEvent`. */
export function createConnection(
  url: UrlProvider,
  protocols: ProtocolsProvider,
  options: Options,
  dispatchEvent: (event: Event) => void,
): Connection {
  const {
    WebSocket = (globalThis as Options).WebSocket,
    clock = systemClock,
    connectionTimeout: timeoutMs = 4_000,
    debug: isDebugging,
    debugLogger = console.log,
    maxEnqueuedMessages = Infinity,
    maxRetries = Infinity,
    minUptime: stableAfterMs = 5_000,
    shouldReconnectOnClose,
    startClosed,
    whileDown,
  } = options;
  if (!WebSocket) throw new TypeError("set options.WebSocket");
  const isAsked = [url, protocols].some((provider) => typeof provider === "function");
  let request: DialRequest = {
    url: typeof url === "function" ? "" : (url = resolveUrl(url)),
    protocols: typeof protocols === "function" ? [] : resolveProtocols(protocols),
  };
  let socket: SocketLike | undefined;
  let binaryType: BinaryType = "blob";
  let retryCount = 0;
  /** What waits for a connection. A Set keeps the order and gives away its first as cheaply as its last. */
  const held = new Set<{ readonly data: Message }>();
  /** Bytes that were sent to nobody. */
  let lostBytes = 0;
  /** Ends that are still to be told. */
  const ends: Close[] = [];
  /** A method is running: nothing is told before it has returned. */
  let isCalled = false;
  /** CLOSED while an end is being told, CLOSING while the end that `close` made waits for its task. */
  let shown: 2 | 3 | undefined;

  const debug = (...what: unknown[]): void => {
    try {
      if (isDebugging) debugLogger("RWS>", ...what);
    } catch {
      // Nobody is left to tell.
    }
  };
  const fire = (event: Event): void => {
    debug(`${event.type} event`, event);
    dispatchEvent(event);
  };
  const closeEvent = (close: Close): CloseEvent => new events.CloseEvent("close", close);
  const tell = (): void => {
    for (let end = ends.shift(); end; end = ends.shift()) {
      shown = 3;
      if (end.error !== undefined) fire(errorEvent(end.error));
      // Whoever heard of the error may have asked for the next one.
      shown = 3;
      fire(closeEvent(end));
      shown = undefined;
    }
  };
  /** Tells in a task of its own, unless something else is told before. */
  const tellSoon = (end: Close): void => {
    ends.push(end);
    clock.schedule(0, tell);
  };
  const drop = (one: { readonly data: Message }): void => fire(new events.MessageEvent("dropped", one));
  const drain = (): Message[] => {
    const all = Array.from(held, ({ data }) => data);
    held.clear();
    return all;
  };
  const write = (message: Message): void => socket?.send(message as never);
  /** Every socket is told, and none may mind: React Native does without its blob module. */
  const refit = (): void => {
    try {
      if (socket) socket.binaryType = binaryType;
    } catch {
      // It keeps its own.
    }
  };
  const dispatch = (event: DriverEvent): void => {
    const was = isCalled;
    isCalled = true;
    try {
      driver.dispatch(event);
    } finally {
      isCalled = was;
    }
  };

  const driver = createDriver({
    clock,
    policy: {
      backoff: { initialMs: 1_000, maxMs: 10_000, factor: 1.3, jitter: "full", maxAttempts: maxRetries + 1 },
      // Only the socket is timed, by `dial`: a provider may take its time.
      dialTimeoutMs: Infinity,
      closeTimeoutMs: 3_000,
      stableAfterMs,
      heartbeat: undefined,
    },
    surroundings: { watch: () => () => {} },
    transport: {
      dial(next, listener) {
        debug("connect", next);
        request = next;
        lostBytes = 0;
        return dial(next, listener, {
          WebSocket,
          clock,
          timeoutMs,
          take(made) {
            socket = made;
            refit();
          },
          hear({ data, origin, lastEventId }) {
            if (driver.state.phase !== "open") return;
            fire(new events.MessageEvent("message", { data, origin, lastEventId }));
          },
        });
      },
    },
    request: () =>
      isAsked
        ? Promise.all([ask(url), ask(protocols)]).then(([url, protocols]) => ({
            url: resolveUrl(url),
            protocols: resolveProtocols(protocols),
          }))
        : request,
    judge({ attempt, why }) {
      const end = why.kind === "closed" ? why : failed(why.kind === "failed" ? why.error : unknownCause);
      ends.push(end);
      let isOver = false;
      try {
        isOver = !!shouldReconnectOnClose && !shouldReconnectOnClose(closeEvent(end));
      } catch (error) {
        // Who throws decides nothing.
        rethrow(error);
      }
      if (!isOver) retryCount = Math.min(attempt - 1, maxRetries);
      const delayMs = reconnectionDelayMs(options, attempt - 1, clock.random());
      debug("next delay", delayMs);
      return { verdict: isOver ? "stop" : "retry", delayMs };
    },
    flush() {
      tell();
      for (const one of held) {
        if (socket?.readyState !== 1) break;
        held.delete(one);
        try {
          write(one.data);
        } catch {
          // It would be refused the next time as well.
          drop(one);
        }
      }
    },
    ping() {},
    message() {},
    // For the global handler, as what a listener throws.
    thrown: (_, error) => rethrow(error),
    changed(state, before) {
      const { close } = state as { readonly close?: Close };
      if (before.phase === "closing" && close) ends.push(close);
      if (!isCalled) tell();
      if (driver.state.phase === "open" && before.phase !== "open") fire(new events.Event("open"));
    },
  });

  function rethrow(error: unknown): void {
    clock.schedule(0, () => {
      throw error;
    });
  }

  const connection: Connection = {
    get url() {
      return socket?.url ?? request.url;
    },
    get readyState() {
      const states = { open: socket?.readyState === 1 ? 1 : 2, closing: 2, idle: 3, ended: 3 } as const;
      return shown ?? states[driver.state.phase as keyof typeof states] ?? 0;
    },
    get bufferedAmount() {
      let bytes = lostBytes + (socket?.bufferedAmount ?? 0);
      for (const { data } of held) bytes += byteLength(data);
      return bytes;
    },
    get extensions() {
      return socket?.extensions ?? "";
    },
    get protocol() {
      return socket?.protocol ?? "";
    },
    get retryCount() {
      const { state } = driver;
      return state.phase === "open" && clock.now() >= state.stableAt ? 0 : retryCount;
    },
    get shouldReconnect() {
      return !/idle|closing|ended/.test(driver.state.phase);
    },
    get binaryType() {
      return binaryType;
    },
    set binaryType(value) {
      binaryType = value;
      refit();
    },
    send(data) {
      const message = messageOf(data);
      const { readyState } = connection;
      debug("send", message);
      if (readyState === 1 && !held.size) write(message);
      else if (whileDown !== "throw") {
        if (held.size < maxEnqueuedMessages) held.add({ data: copyOf(message) });
        else drop({ data: message });
      } else if (readyState) lostBytes += byteLength(message);
      else throw domError("InvalidStateError", "still connecting");
      return readyState === 1;
    },
    drainQueuedMessages: drain,
    close(code, reason) {
      const { phase } = driver.state;
      retryCount = connection.retryCount;
      dispatch({ type: "close", code, reason });
      if (!/dialing|waiting/.test(phase)) return;
      if (shown !== 3 && !ends.length) tellSoon(failed(unknownCause));
      shown ??= 2;
    },
    reconnect(code, reason) {
      const { state } = driver;
      retryCount = 0;
      shown = undefined;
      if (state.phase === "open") socket?.close(code, reason);
      dispatch({ type: "reconnect" });
      // What the old socket was told: by this call, or by the close() before it.
      if (state.phase === "open") tellSoon({ code, reason, wasClean: true });
      if (state.phase === "closing") tellSoon({ code: state.code, reason: state.reason, wasClean: true });
    },
  };
  if (!startClosed) dispatch({ type: "open" });
  return connection;
}

/** How an attempt ends that failed. */
function failed(error: unknown): Close {
  return { code: 1006, reason: "", wasClean: false, error };
}

/** Asks a provider, if it is one. Async, so that what it throws becomes a rejection. */
async function ask<T>(provider: T | (() => T | PromiseLike<T>)): Promise<T> {
  return typeof provider === "function" ? (provider as () => T | PromiseLike<T>)() : provider;
}
