import type { State } from "../connection/state.ts";
import { HoldfastError } from "../holdfast-error.ts";
import type { Clock } from "../ports/clock.ts";
import type { Surroundings } from "../ports/surroundings.ts";
import type { Transport } from "../ports/transport.ts";
import { byteLength } from "./byte-length.ts";
import { createCodec, type Decoded } from "./codec.ts";
import { checkOptions } from "./check-options.ts";
import type { Connection, ConnectionEvents } from "./connection.ts";
import { closed, isSame, names, show } from "./connection-state.ts";
import { check, defaults, fill } from "./defaults.ts";
import { createDriver, type Host } from "./driver.ts";
import { createEmitter } from "./emitter.ts";
import { createFeed } from "./feed.ts";
import { createGreeting, type Greeting, maxRest } from "./greeting.ts";
import type { AnyConnectOptions, Provided } from "./options.ts";
import { createReport, reportThrown } from "./report.ts";
import { checkTarget, requestFor, type Target } from "./request.ts";
import { createSending } from "./sending.ts";
import { offer, wait, type WaitOptions } from "./wait.ts";

/** What a package for one runtime plugs in. */
export interface Adapter {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly surroundings: Surroundings;
  /** Whether its links can send pings of the protocol itself. */
  readonly hasPing: boolean;
  /** What relative URLs are relative to: `undefined` where they make no sense, "" where that is known only later. */
  base(): string | undefined;
}

type Events = ConnectionEvents<unknown, unknown>;

/**
 * The client of one URL, on any runtime. The packages for a runtime give it its types.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
export function createConnection(
  adapter: Adapter,
  url: Provided<string | URL>,
  options: AnyConnectOptions,
): Connection<unknown, unknown> {
  const { clock, base } = adapter;
  const { messages = {}, format, log = "warn", signal, verdict, backoff } = options;
  const heartbeat = options.heartbeat === "off" ? undefined : options.heartbeat;
  const target: Target = [url, options.protocols, options.headers];
  const config = fill(defaults, options);
  checkTarget(target, base() === "" ? "ws://page" : base());
  checkOptions(options, adapter.hasPing);

  const report = createReport(log);
  const codec = createCodec(format, messages, heartbeat?.isPong);
  const thrown = (name: keyof Events, error: unknown): void =>
    reportThrown(report, `a listener for ${name}`, error);
  const emitter = createEmitter<Events>(thrown);
  let greeting: Greeting | undefined;

  /** Asks a function of the user's for advice; when it throws, or says what makes no sense, there is none. */
  function advice<T>(name: string, ask: () => T | undefined, isFine: (answer: T) => boolean): T | undefined {
    try {
      const answer = ask();
      check(`what ${name} returns`, answer, answer === undefined || isFine(answer), "something else");
      return answer;
    } catch (error) {
      reportThrown(report, name, error);
      return undefined;
    }
  }

  /** Writes what a greeting says. */
  function speak(message: unknown): void {
    const data = codec.encode(message);
    try {
      driver.write(data);
    } catch (cause) {
      throw new HoldfastError("INVALID_MESSAGE", "the socket refused it", cause);
    }
  }

  const host: Host = {
    ...adapter,
    policy: { ...config, heartbeat: heartbeat && config.heartbeat },
    request: (attempt) => requestFor(target, attempt, base()),
    greet:
      options.greet &&
      (async (aborted) => {
        greeting = createGreeting(clock, aborted, speak);
        await options.greet?.(greeting.link as never);
      }),
    judge(next) {
      const { attempt: nextAttempt, why } = next;
      report("warn", "link lost", { nextAttempt, why });
      return {
        verdict: advice(
          "verdict",
          () => (why.kind === "closed" ? verdict?.(why) : undefined),
          (answer) => answer === "retry" || answer === "stop",
        ),
        delayMs: advice(
          "backoff",
          () => (typeof backoff === "function" ? backoff(next) : undefined),
          (answer) => answer === "stop" || answer >= 0,
        ),
      };
    },
    flush: () => sending.pump(),
    ping(link) {
      const ping = heartbeat?.ping;
      if (ping === undefined) link.ping?.();
      else driver.write(typeof ping === "function" ? ping() : ping);
    },
    message(data) {
      const { phase, linkId } = driver.state;
      if (phase !== "open" && phase !== "greeting") return;
      const decoded = codec.decode(data);
      if (decoded[0] === "invalid") report("warn", "message refused", { ...decoded[1] });
      if (phase === "open" || !greeting) return tell(decoded);
      if (greeting.receive(decoded)) return;
      const error = new HoldfastError(
        "INBOX_FULL",
        `more than ${maxRest} messages came before greet was through`,
      );
      dispatch({ type: "lost", linkId, why: { kind: "failed", error } });
    },
    thrown: (what, error) => reportThrown(report, what, error),
    changed: (state) => emitter.together(() => change(state)),
  };

  function tell([name, event]: Decoded): void {
    if (name) emitter.emit(name, event);
  }

  /** Everything that follows from a state, before anybody hears of it. */
  function change(state: State): void {
    const next = show(state, clock);
    // A ping that is out, say, is nothing to be seen from outside.
    if (isSame(next, snapshot)) return;
    snapshot = next;
    report("debug", "state", { ...next });
    emitter.emit("state", next);
    if (next.phase === "ended") {
      const { cause } = next;
      if (cause) report("error", "gave up", { error: cause });
      sending.end(cause ?? closed());
      emitter.emit("closed", next);
      signal?.removeEventListener("abort", quit);
      return;
    }
    if (next.phase === "open") {
      emitter.emit("opened", next);
      greeting?.rest.forEach(tell);
      greeting = undefined;
    } else sending.down();
    keep();
  }

  const driver = createDriver(host);
  const { dispatch } = driver;
  let snapshot = show(driver.state, clock);
  const sending = createSending(driver, clock, config.outbox, (event) => {
    report("warn", "message dropped", { ...event });
    emitter.emit("dropped", event);
  });

  const quit = (): void => void close();
  /** Heeds the signal of the lifetime. */
  function keep(): void {
    if (signal?.aborted) quit();
    else signal?.addEventListener("abort", quit);
  }

  const open = (): void => dispatch({ type: "open" });
  const wake = (): false | void => config.start === "lazy" && open();

  const on: Connection<unknown, unknown>["on"] = (name, listener, how) => {
    const undo = emitter.on(name, listener, how);
    wake();
    return undo;
  };

  /** Waits for an event, unless the end comes first. */
  function until<K extends keyof Events>(
    name: K,
    how: WaitOptions = {},
    where: (event: Events[K]) => boolean = () => true,
  ): Promise<Events[K]> {
    return wait<Events[K]>(clock, how, (waiter) => {
      const isOver = (): void => {
        if (snapshot.phase === "ended") waiter.reject(snapshot.cause ?? closed());
      };
      const undos = [on(name, offer(where, waiter)), emitter.on("closed", isOver)];
      isOver();
      return () => undos.forEach((undo) => undo());
    });
  }

  function close(code = 1000, reason = ""): Promise<void> {
    check("code", code, code === 1000 || (code >= 3000 && code < 5000), "1000 or 3000 to 4999");
    check("reason", reason, byteLength(reason) < 124, "at most 123 bytes");
    // What an open link was given is on its way before goodbye.
    sending.pump(Infinity);
    dispatch({ type: "close", code, reason });
    return new Promise((resolve) => {
      const undo = emitter.on("state", done);
      function done(): void {
        if (snapshot.name === "CLOSING") return;
        undo();
        resolve();
      }
      done();
    });
  }

  const connection: Connection<unknown, unknown> = {
    get state() {
      return snapshot;
    },
    get readyState() {
      return names.indexOf(snapshot.name) as 0 | 1 | 2 | 3;
    },
    get bufferedBytes() {
      return sending.bytes + driver.bufferedBytes;
    },
    on,
    once: (name: keyof Events, where?: unknown, how?: WaitOptions) =>
      (typeof where === "function"
        ? until(name, how, where as () => boolean)
        : until(name, (where as WaitOptions | undefined) ?? how)) as Promise<never>,
    subscribe(listener) {
      const hear = (): void => listener(snapshot);
      const undo = emitter.on("state", hear);
      try {
        hear();
      } catch (error) {
        thrown("state", error);
      }
      return undo;
    },
    getSnapshot: () => snapshot,
    send(message) {
      const data = codec.encode(message);
      wake();
      if (snapshot.phase === "ended" || snapshot.phase === "closing") throw closed();
      sending.send(message, data);
    },
    messages({ maxBuffered = 1_024, signal: stop } = {}) {
      check("maxBuffered", maxBuffered, maxBuffered > 0, "a number from 1");
      const abort = (): void => feed.end(stop?.reason);
      const feed = createFeed<unknown>(maxBuffered, () => {
        undos.forEach((undo) => undo());
        stop?.removeEventListener("abort", abort);
      });
      const undos = [on("message", feed.push), emitter.on("closed", ({ cause }) => feed.end(cause))];
      stop?.addEventListener("abort", abort);
      if (stop?.aborted) abort();
      if (snapshot.phase === "ended") feed.end(snapshot.cause);
      return feed.iterator;
    },
    open,
    reconnect() {
      // Whose lifetime is over stays closed.
      if (!signal?.aborted) dispatch({ type: "reconnect" });
    },
    close,
    opened: (how) => (snapshot.name === "OPEN" ? Promise.resolve() : until("opened", how)) as Promise<void>,
    drained: (how = {}) => wait(clock, how, sending.drained),
    // Where the symbol is missing, nobody can use `using`; but a polyfill may come.
    [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]: () => close(),
  };

  keep();
  if (config.start === "eager") open();
  return connection;
}
