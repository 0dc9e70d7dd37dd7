import { PlainEvent } from "./plain-event.ts";
import { PlainEventTarget } from "./plain-event-target.ts";

/** The classes of a socket and its events, which must fit each other. */
export interface EventFamily {
  readonly EventTarget: typeof EventTarget;
  readonly Event: typeof Event;
  readonly MessageEvent: typeof MessageEvent;
  readonly CloseEvent: typeof CloseEvent;
  readonly ErrorEvent: typeof ErrorEvent;
}

/**
 * The runtime's own classes where they do what they should, ours where they are missing or do not:
 * React Native has had none or half of them, Node has no `ErrorEvent` and, before 23, no `CloseEvent`.
 */
export function eventFamily(scope: Partial<EventFamily>): EventFamily {
  const { Event, EventTarget } = (
    doTheyFit(scope) ? scope : { Event: PlainEvent, EventTarget: PlainEventTarget }
  ) as EventFamily;

  /** The runtime's class of that name if its events carry what they are given. */
  function pick<K extends "MessageEvent" | "CloseEvent" | "ErrorEvent">(
    name: K,
    defaults: object,
    sample: object,
  ): EventFamily[K] {
    try {
      const Native = scope[name] as unknown as typeof Event;
      const event = new Native("sample", sample);
      const isFine = Object.entries(sample).every(([key, value]) => event[key as keyof Event] === value);
      if (isFine && event instanceof Event) return Native as unknown as EventFamily[K];
    } catch {
      // Missing, or not to be constructed: then ours.
    }
    const own = {
      [name]: class extends Event {
        constructor(type: string, init?: EventInit) {
          super(type, init);
          Object.assign(this, defaults, init);
        }
      },
    };
    return own[name] as unknown as EventFamily[K];
  }

  return {
    EventTarget,
    Event,
    MessageEvent: pick(
      "MessageEvent",
      { data: null, origin: "", lastEventId: "", source: null, ports: [] },
      { data: "x" },
    ),
    CloseEvent: pick(
      "CloseEvent",
      { code: 0, reason: "", wasClean: false },
      { code: 1, reason: "x", wasClean: true },
    ),
    ErrorEvent: pick("ErrorEvent", { message: "", error: undefined }, { message: "x", error: 1 }),
  };
}

function doTheyFit({ Event, EventTarget }: Partial<EventFamily>): boolean {
  let isHeard = false;
  try {
    const target = new (EventTarget as typeof globalThis.EventTarget)();
    target.addEventListener("sample", () => (isHeard = true));
    target.dispatchEvent(new (Event as typeof globalThis.Event)("sample"));
  } catch {
    // Missing, or of two families.
  }
  return isHeard;
}
