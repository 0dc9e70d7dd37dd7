import type { Effect } from "../connection/effect.ts";
import type { Event } from "../connection/event.ts";
import type { Policy } from "../connection/policy.ts";
import { type Closing, type Dialing, initial, type Judging, type State } from "../connection/state.ts";
import { transition } from "../connection/transition.ts";
import type { Why } from "../connection/why.ts";
import type { Clock } from "../ports/clock.ts";
import type { Surroundings } from "../ports/surroundings.ts";
import type { Data, DialRequest, Link, Transport } from "../ports/transport.ts";
import type { Verdict } from "../protocol/close.ts";
import { never } from "../protocol/instant.ts";

/** What a provider and `greet` may want to know of the attempt they serve. */
export interface Attempt {
  /** 1 for an attempt with no failure before it. */
  readonly attempt: number;
  /** What ended the link before. */
  readonly why: Why;
  /** Aborts when the attempt is over, or later the link it brought. */
  readonly signal: AbortSignal;
}

/** What the user thinks of a loss; what is absent is left to the defaults. */
export interface Judgement {
  readonly verdict?: Verdict | undefined;
  readonly delayMs?: number | "stop" | undefined;
}

/** What the shell around a driver provides. */
export interface Host {
  readonly policy: Policy;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly surroundings: Surroundings;
  /** Where to dial. A throw or rejection is a failed attempt. */
  request(attempt: Attempt): DialRequest | PromiseLike<DialRequest>;
  /** Talks on a socket that just opened. A rejection is a failed attempt. */
  readonly greet?: ((signal: AbortSignal) => PromiseLike<void>) | undefined;
  /** Asks the user; one who throws has no opinion. `attempt` is the one that would come next. */
  judge(attempt: Omit<Attempt, "signal">): Judgement;
  /** Writes what waits, now that there is room. */
  flush(): void;
  /** Writes a ping. */
  ping(link: Link): void;
  /** A message arrived, in whatever phase. */
  message(data: Data): void;
  /** An effect threw; the connection goes on. */
  thrown(what: string, error: unknown): void;
  /** All effects are done. Called once a dispatch. */
  changed(state: State, before: State): void;
}

/** Keeps the time and the sockets for a connection that only thinks. */
export interface Driver {
  readonly state: State;
  /** Bytes that the newest link has accepted and not sent. */
  readonly bufferedBytes: number;
  dispatch(event: Event): void;
  /** Writes to the newest link. Throws what the link throws. */
  write(data: Data): void;
}

/** Longer delays do not fit a timer; the driver looks again then. */
const maxDelayMs = 2e9;

/** Queue the event, step, perform the effects, re-arm the one timer, notify. Nothing else. */
export function createDriver(host: Host): Driver {
  const { clock, policy, transport } = host;
  const queue: Event[] = [];
  let state = initial;
  let link: Link | undefined;
  let attempt = new AbortController();
  let heardAt = never;
  let drainedBytes = 0;
  let lastBufferedBytes = 0;
  let armed = never;
  let disarm: (() => void) | undefined;
  let unwatch: (() => void) | undefined;

  /** Looks at the send buffer, and counts what left it since the last look. */
  function bufferedBytes(): number {
    const bytes = link?.bufferedBytes ?? 0;
    drainedBytes += Math.max(0, lastBufferedBytes - bytes);
    return (lastBufferedBytes = bytes);
  }

  function dispatch(event: Event): void {
    if (queue.push(event) > 1) return;
    const before = state;
    for (const next of queue) {
      const vitals = { heardAt, bufferedBytes: bufferedBytes(), drainedBytes };
      const env = { now: clock.now(), roll: clock.random(), vitals, policy };
      const [after, ...todo] = transition(state, next, env);
      state = after;
      for (const effect of todo) {
        try {
          effects[effect]();
        } catch (error) {
          host.thrown(effect, error);
        }
      }
    }
    queue.length = 0;
    arm();
    watch();
    if (state !== before) host.changed(state, before);
  }

  const effects: Record<Effect, () => void> = {
    dial() {
      const { linkId, failures, why } = state as Dialing;
      const mine = (attempt = new AbortController());
      const { signal } = mine;
      const fail = (error: unknown): void =>
        dispatch({ type: "lost", linkId, why: { kind: "failed", error } });
      const heard = (): void => {
        if (attempt === mine) heardAt = clock.now();
      };
      const open = (request: DialRequest): void => {
        if (signal.aborted) return;
        lastBufferedBytes = 0;
        const dialled = transport.dial(request, {
          opened() {
            heard();
            dispatch({ type: "opened", linkId });
          },
          heard,
          drained: () => attempt === mine && host.flush(),
          message(data) {
            if (attempt !== mine) return;
            heard();
            host.message(data);
          },
          closed: (close) => dispatch({ type: "lost", linkId, why: { ...close, kind: "closed" } }),
        });
        // Dialling may have run code of the user's that ended it.
        if (signal.aborted) dialled.terminate();
        else link = dialled;
      };
      try {
        const request = host.request({ attempt: failures + 1, why, signal });
        if ("then" in request) request.then(open).then(undefined, fail);
        else open(request);
      } catch (error) {
        // Later, so that whoever just called can listen first, and what always fails cannot spin.
        void Promise.resolve(error).then(fail);
      }
    },
    greet() {
      const { linkId } = state;
      const greeted = (): void => dispatch({ type: "greeted", linkId });
      if (!host.greet) return greeted();
      host
        .greet(attempt.signal)
        .then(greeted, (error) => dispatch({ type: "lost", linkId, why: { kind: "failed", error } }));
    },
    flush: () => host.flush(),
    ping() {
      try {
        if (link) host.ping(link);
      } catch (error) {
        // Who could not ask must not conclude from silence.
        heardAt = clock.now();
        throw error;
      }
    },
    hangUp() {
      const { code = 1000, reason = "" } = state as Partial<Closing>;
      link?.close(code, reason);
    },
    abandon() {
      const old = link;
      link = undefined;
      attempt.abort();
      old?.terminate();
    },
    judge() {
      const { failures, why } = state as Judging;
      let judgement: Judgement = {};
      try {
        judgement = host.judge({ attempt: failures + 1, why });
      } finally {
        dispatch({ type: "judged", ...judgement });
      }
    },
  };

  function arm(): void {
    const { deadline } = state;
    if (deadline === armed) return;
    disarm?.();
    armed = deadline;
    disarm = undefined;
    if (deadline === never) return;
    const delayMs = Math.min(Math.max(0, deadline - clock.now()), maxDelayMs);
    disarm = clock.schedule(delayMs, () => {
      armed = never;
      dispatch({ type: "timer" });
    });
  }

  function watch(): void {
    if (state.phase === "idle" || state.phase === "ended") {
      unwatch?.();
      unwatch = undefined;
    } else {
      unwatch ??= host.surroundings.watch((hint) => dispatch({ type: "hint", hint }));
    }
  }

  return {
    get state() {
      return state;
    },
    get bufferedBytes() {
      return bufferedBytes();
    },
    dispatch,
    write(data) {
      bufferedBytes();
      link?.send(data);
      bufferedBytes();
    },
  };
}
