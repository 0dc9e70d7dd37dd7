import { isUp, type State } from "../connection/state.ts";
import { HoldfastError } from "../holdfast-error.ts";
import type { Adapter } from "../ports/adapter.ts";
import { checkOptions } from "./check-options.ts";
import { type Codec, createCodec, type Decoded } from "./codec.ts";
import type { ConnectionEvents } from "./connection.ts";
import { closed, isSame, show } from "./connection-state.ts";
import { connectionDefaults, fill, type Filled, type Options } from "./defaults.ts";
import { createDriver } from "./driver.ts";
import type { Driver } from "./host.ts";
import { createEmitter, type Emitter } from "../common/emitter.ts";
import { createGreeting, type Greeting, maxRest } from "./greeting.ts";
import { createJudge } from "./judge.ts";
import type { AnyConnectOptions, Provided } from "./options.ts";
import { createReport, reportThrown } from "./report.ts";
import type { Store } from "./store.ts";
import { listed } from "./protocols.ts";
import { checkUrl, requestFor, type Target } from "./request.ts";
import { createSending, type Sending } from "./sending.ts";

/** The events of a connection, before anybody knows the types. */
export type Events = ConnectionEvents<unknown, unknown>;

/** What is between a driver and the methods that users call. */
export interface Shell extends Store {
  readonly config: Filled<Options>;
  readonly codec: Codec;
  readonly driver: Driver;
  readonly sending: Sending;
  readonly emitter: Emitter<Events>;
}

/**
 * Options become a driver with everything it asks for.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
export function createShell(
  adapter: Adapter,
  url: Provided<string | URL>,
  options: AnyConnectOptions,
): Shell {
  const { clock, base } = adapter;
  const { messages = {}, format, greet } = options;
  const heartbeat = options.heartbeat === "off" ? undefined : options.heartbeat;
  const target: Target = [url, listed(options.protocols), options.headers];
  const config = fill(connectionDefaults(), options);
  checkUrl(url, base());
  checkOptions(messages, heartbeat, adapter.hasPing);

  const report = createReport(config.log);
  const codec = createCodec(format, messages, heartbeat?.isPong);
  const thrown = (name: string, error: unknown): void =>
    reportThrown(report, `a listener for ${name}`, error);
  const emitter = createEmitter<Events>(thrown);
  emitter.on("dropped", (event) => report("warn", "message dropped", event));
  let greeting: Greeting | undefined;

  const driver = createDriver({
    ...adapter,
    policy: { ...config, heartbeat: heartbeat && config.heartbeat },
    request: (attempt) => requestFor(target, attempt, base()),
    greet:
      greet &&
      (async (signal) => {
        greeting = createGreeting(clock, signal, (message) => {
          sending.write(codec.encode(message));
        });
        await greet(greeting.link as never);
      }),
    judge: createJudge(options, report),
    flush: () => sending.pump(),
    ping(link) {
      const ping = heartbeat?.ping;
      if (ping === undefined) link.ping?.();
      else driver.write(typeof ping === "function" ? ping() : ping);
    },
    message(data) {
      if (!isUp(driver.state)) return;
      const decoded = codec.decode(data);
      if (decoded[0] === "invalid") report("warn", "message refused", decoded[1]);
      if (!greeting) return tell(decoded);
      if (greeting.receive(decoded)) return;
      const error = new HoldfastError("INBOX_FULL", `more than ${maxRest} messages wait for greet`);
      driver.dispatch({ type: "lost", linkId: driver.state.linkId, why: { kind: "failed", error } });
    },
    thrown: (what, error) => reportThrown(report, what, error),
    changed: (state) => emitter.together(() => change(state)),
  });

  const sending = createSending(driver, clock, config.outbox, (event) => emitter.emit("dropped", event));
  let snapshot = show(driver.state, clock);

  function tell([name, event]: Decoded): void {
    if (name) emitter.emit(name, event);
  }

  /** Everything that follows from a state, before anybody hears of it. */
  function change(state: State): void {
    const next = show(state, clock);
    // A ping that is out, say, is nothing to be seen from outside.
    if (isSame(next, snapshot)) return;
    snapshot = next;
    emitter.emit("state", next);
    if (next.phase === "open") {
      emitter.emit("opened", next);
      greeting?.rest.forEach(tell);
      greeting = undefined;
    } else if (next.phase === "ended") {
      sending.end(next.cause ?? closed());
      emitter.emit("closed", next);
    } else sending.down();
    // Last, for a log may act, and what follows from this state comes before what follows from that.
    report("debug", "state", next);
    if ("cause" in next) report("error", "gave up", { error: next.cause });
  }

  return {
    clock,
    config,
    codec,
    driver,
    sending,
    emitter,
    thrown,
    get snapshot() {
      return snapshot;
    },
  };
}
