import { isUp, type State } from "../connection/state.ts";
import { asked } from "../connection/why.ts";
import type { Contract } from "../contract/contract.ts";
import { ClientEngine } from "../engine/client-engine.ts";
import { type Answering, createAnswering } from "../exchange/answering.ts";
import { type Asking, createAsking } from "../exchange/asking.ts";
import { HoldfastError } from "../holdfast-error.ts";
import type { Adapter } from "../ports/adapter.ts";
import * as closeCodes from "../protocol/close-codes.ts";
import { encode } from "../protocol/encode.ts";
import { subprotocol } from "../protocol/subprotocol.ts";
import { frameOverheadBytes } from "../session/outbox.ts";
import type { SessionEvents } from "./client.ts";
import type { AnyClientOptions } from "./client-options.ts";
import { type Closed, closed, type ConnectionState, isSame, show } from "./connection-state.ts";
import { type ClientDefaults, clientDefaults, fill, type Filled } from "./defaults.ts";
import { createDriver } from "./driver.ts";
import { createEmitter, type Emitter } from "../common/emitter.ts";
import { createHearing } from "./hearing.ts";
import type { Attempt, Driver } from "./host.ts";
import { createJudge } from "./judge.ts";
import { createPageKeeper } from "./page-keeper.ts";
import { refuse } from "./refuse.ts";
import { createReport, reportThrown } from "./report.ts";
import { checkUrl, requestFor, type Target } from "./request.ts";
import { clientHeartbeat, errorCodes, limitsWith, windowBytes } from "./session-terms.ts";
import { createSessionWriter } from "./session-writer.ts";
import type { Store } from "./store.ts";

/** What is between a driver and the methods that users call. */
export interface ClientShell extends Store {
  readonly config: Filled<ClientDefaults>;
  readonly driver: Driver;
  readonly engine: ClientEngine;
  readonly asking: Asking;
  /** What the server says, by the contract's names. */
  readonly events: Emitter<Record<string, unknown>>;
  /** What the session tells. */
  readonly emitter: Emitter<SessionEvents & { state: ConnectionState; drained: undefined }>;
  /** Tells the server what was handed over, and writes what may be written: before a goodbye. */
  tell(): void;
}

/** So many events that nobody awaits, and messages that are refused, are told to the log, until something is delivered again. */
const toldFailures = 20;

/**
 * Options and a contract become a driver with everything it asks for.
 *
 * @throws HoldfastError `CONFIG`, naming the option and the value.
 */
export function createClientShell(
  adapter: Adapter,
  { fromClient, fromServer }: Contract,
  options: AnyClientOptions,
): ClientShell {
  const { clock, base, store } = adapter;
  const { handlers = {}, credential } = options;
  const config = fill(clientDefaults(), options);
  checkUrl(options.url, base());

  const report = createReport(config.log);
  const thrown = (what: string, error: unknown): void => reportThrown(report, what, error);
  const listenerThrew = (name: string, error: unknown): void => thrown(`a listener for ${name}`, error);
  const events = createEmitter<Record<string, unknown>>(listenerThrew);
  const emitter: ClientShell["emitter"] = createEmitter(listenerThrew);
  const { maxBytes: outboxBytes } = config.outbox;
  const keeper = createPageKeeper(config.storage === "session" ? store : undefined, {
    remains: () => engine.stored && { stored: engine.stored, lastTicket: asking.lastTicket },
    tell: () => writer.tell(),
    back(isTaken) {
      if (!isTaken) return hearing.handOver();
      forget(new HoldfastError("REPLACED", "another page has it"));
      driver.dispatch({ type: "reconnect" });
    },
  });
  const engine = new ClientEngine(limitsWith(outboxBytes), keeper.left?.stored);
  let attempt: Attempt | undefined;
  let redirect: string | undefined;
  let failures = 0;
  /** Links before this one, in a row, that opened and brought no welcome. */
  let silences = 0;
  let cancelTimer: (() => void) | undefined;

  const driver = createDriver({
    ...adapter,
    leaveCode: closeCodes.drain,
    get policy() {
      return { ...config, heartbeat: engine.terms && clientHeartbeat(engine.terms.heartbeat) };
    },
    request: (next) => {
      attempt = next;
      const target: Target = [redirect ?? options.url, [subprotocol], options.headers];
      redirect = undefined;
      return requestFor(target, next, base());
    },
    async greet(signal) {
      const stranger = (): void =>
        refuse(driver, closeCodes.protocol, `the server does not speak ${subprotocol}`);
      if ((driver.link?.protocol ?? subprotocol) !== subprotocol) stranger();
      const given = await provide(attempt as Attempt);
      if (!signal.aborted) {
        driver.write(engine.hello(given, clock.epochMs()));
        silences = ((attempt as Attempt).why as { phase?: string }).phase === "greeting" ? silences + 1 : 0;
        if (silences > 1 && !engine.sessionId) {
          // Slow, or none of ours: that answers this at once, however long it takes to know who we are.
          driver.write("ping");
          cancelTimer = clock.schedule(config.dialTimeoutMs / 2, stranger);
        }
      }
      // Greeted is what the welcome says, whenever it comes.
      await new Promise<never>(() => {});
    },
    judge: createJudge(
      {
        ...options,
        // No link at all and a protocol error: a server that does not speak ours.
        verdict: ({ code }) => (code === 1002 && snapshot.phase !== "open" ? "stop" : undefined),
      },
      report,
    ),
    flush: () => writer.flush(),
    ping: () => driver.write("ping"),
    message(data) {
      if (!engine.sessionId) cancelTimer?.();
      hearing.receive(data);
    },
    thrown,
    changed: (state) => emitter.together(() => change(state)),
  });

  const writer = createSessionWriter({
    ...adapter,
    engine,
    driver,
    mayWrite() {
      if (!engine.end.bufferedBytes) emitter.emit("drained", undefined);
      // What is said from now on is for the next page to write, or for the next link: one that the server is closing takes nothing.
      // And before a welcome there is nothing to write.
      return !keeper.keeps() && driver.link?.isWritable;
    },
  });
  const { soon, tell } = writer;
  const maxRecordBytes = (): number =>
    Math.min(outboxBytes, (engine.terms?.maxMessageBytes ?? Infinity) - frameOverheadBytes);

  const asking = createAsking(
    {
      clock,
      entries: fromClient,
      get end() {
        return engine.end;
      },
      maxRecordBytes,
      refusal() {
        const { phase } = driver.state;
        if (phase === "ended" || phase === "closing") return closed(undefined, (snapshot as Closed).cause);
        return config.outbox.whileDown === "reject" && phase !== "open"
          ? new HoldfastError("LINK_DOWN", "no link is open")
          : undefined;
      },
      soon,
      volatile({ text }) {
        // What was said before it goes before it.
        if (!engine.end.isIdle) writer.flush();
        const mayGo =
          engine.end.isIdle && driver.bufferedBytes < windowBytes && driver.state.phase === "open";
        if (mayGo) driver.write(`["volatile",[${text}]]`);
      },
      failed(name, error) {
        // A loop that fills the outbox must not fill the console.
        if (failures++ < toldFailures) report("warn", "not delivered", { name, error });
      },
    },
    keeper.left?.lastTicket,
  );

  const answering: Answering = createAnswering({
    entries: fromServer,
    handlers,
    get end() {
      return engine.end;
    },
    soon,
    maxRecordBytes,
    event: events.emit,
    invalid: (invalid) => {
      // Nor must a server of another contract.
      if (failures++ < toldFailures) report("warn", "message refused", invalid);
      emitter.emit("invalid", invalid);
    },
    thrown: (name, error) => thrown(`the handler of ${name}`, error),
  });
  const hearing = createHearing({
    clock,
    engine,
    driver,
    keeper,
    writer,
    asking,
    answering,
    emitter,
    report,
    refresh,
    move,
    delivered: () => (failures = 0),
  });
  let snapshot = show(driver.state, clock, errorCodes);
  keeper.watch();

  /** Who we are; a function is asked. */
  async function provide(next: Attempt): Promise<unknown> {
    return typeof credential === "function" ? (credential as (next: Attempt) => unknown)(next) : credential;
  }

  /** The server asks who we are, and the link goes on. */
  function refresh(): void {
    const { signal } = attempt as Attempt;
    provide({ attempt: 1, why: asked, signal })
      .then((given) => {
        // An answer that was for an older link is nobody's.
        if (!signal.aborted && driver.state.phase === "open") driver.write(encode(["auth", given]));
      })
      .catch((error: unknown) => {
        // Whoever was told to give up has not failed.
        if (!signal.aborted) thrown("credential", error);
      });
  }

  /** The server wants this link to end: at a moment of our own, so that not all come at once. Where to go then counts as well if it ends before. */
  function move(withinMs: number, url: string | undefined): void {
    redirect = url;
    cancelTimer?.();
    cancelTimer = clock.schedule(clock.random() * withinMs, () => {
      tell();
      driver.dispatch({ type: "reconnect" });
    });
  }

  /** Nothing of the session goes on: whoever waits is told why. */
  function forget(error: HoldfastError): void {
    answering.abort(error);
    asking.close(error, engine.reset());
  }

  /** Everything that follows from a state, before anybody hears of it. */
  function change(state: State): void {
    if (!isUp(state)) {
      engine.detach();
      writer.stop();
      cancelTimer?.();
    }
    const next = show(state, clock, errorCodes);
    if (isSame(next, snapshot)) return;
    snapshot = next;
    emitter.emit("state", next);
    // Who closes leaves nothing for the next page, whenever the server answers.
    if (next.phase === "ended" || next.phase === "closing") {
      keeper.stop(!engine.terms);
      // What was found is the next page's again: who is not over after all does not go on with it.
      if (next.phase === "ended" || !engine.terms) forget((next as Closed).cause ?? closed());
    } else keeper.watch();
    if (next.phase === "ended") emitter.emit("closed", next);
    // Last, for a log may act, and what follows from this state comes before what follows from that.
    report("debug", "state", next);
    if ("cause" in next) report("error", "gave up", { error: next.cause });
  }

  return {
    clock,
    config,
    driver,
    engine,
    asking,
    events,
    emitter,
    thrown: listenerThrew,
    tell,
    get snapshot() {
      return snapshot;
    },
  };
}
