import type { Effect } from "../connection/effect.ts";
import type { Event } from "../connection/event.ts";
import { type Closing, type Dialing, initial, type Judging } from "../connection/state.ts";
import { transition } from "../connection/transition.ts";
import type { DialRequest, Link } from "../ports/transport.ts";
import type { LinkId } from "../protocol/ids.ts";
import { never } from "../protocol/instant.ts";
import type { Driver, Host, Judgement } from "./host.ts";

/** Queue the event, step, perform the effects, re-arm the one timer, notify. Nothing else. */
export function createDriver(host: Host): Driver {
  const { clock, transport } = host;
  const queue: Event[] = [];
  let state = initial;
  let link: Link | undefined;
  let attempt = new AbortController();
  let heardAt = never;
  let drainedBytes = 0;
  let lastBufferedBytes = 0;
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
      const [after, ...todo] = transition(state, next, {
        now: clock.now(),
        roll: clock.random(),
        vitals: { heardAt, bufferedBytes: bufferedBytes(), drainedBytes },
        policy: host.policy,
      });
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

  /** Tells that the attempt for a link failed, and of what. */
  const failing =
    (linkId: LinkId) =>
    (error: unknown): void =>
      dispatch({ type: "lost", linkId, why: { kind: "failed", error } });

  const effects: Record<Effect, () => void> = {
    dial() {
      const { linkId, failures, why } = state as Dialing;
      attempt = new AbortController();
      const { signal } = attempt;
      const fail = failing(linkId);
      const open = (request: DialRequest): void => {
        if (signal.aborted) return;
        const heard = (): void => {
          if (link === dialled) heardAt = clock.now();
        };
        const dialled = transport.dial(request, {
          opened() {
            heard();
            dispatch({ type: "opened", linkId });
          },
          heard,
          drained: () => link === dialled && host.flush(),
          message(data) {
            if (link !== dialled) return;
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
      host.greet(attempt.signal).then(greeted, failing(linkId));
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
      const { code = host.leaveCode ?? 1000, reason = "" } = state as Partial<Closing>;
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
    disarm?.();
    if (deadline === never) return;
    // Perhaps too early, for timers do not take every delay: then it looks again.
    disarm = clock.schedule(Math.max(0, deadline - clock.now()), () => dispatch({ type: "timer" }));
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
    get link() {
      return link;
    },
    dispatch,
    write(data) {
      bufferedBytes();
      link?.send(data);
      bufferedBytes();
    },
  };
}
