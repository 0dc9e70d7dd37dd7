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

/** What each class adds to `Event`. */
const facts = {
  MessageEvent: { data: null, origin: "", lastEventId: "" },
  CloseEvent: { code: 0, reason: "", wasClean: false },
  ErrorEvent: { message: "", error: null },
};

/**
 * The runtime's own classes where they do what they should, ours where they are missing or do not:
 * React Native has had none or half of them, Node has no `ErrorEvent` and, before 23, no `CloseEvent`.
 */
export function eventFamily(scope: Partial<EventFamily>): EventFamily {
  const plain = { EventTarget: PlainEventTarget, Event: PlainEvent } as unknown as EventFamily;
  const { Event, EventTarget } = succeeds(() => isWhole(scope as EventFamily)) ? (scope as EventFamily) : plain;
  const family: Record<string, unknown> = { Event, EventTarget };
  for (const [name, defaults] of Object.entries(facts)) {
    const Native = scope[name as keyof typeof facts] as unknown as typeof globalThis.Event;
    const isNative = succeeds(() => {
      const event = new Native("x", defaults as EventInit);
      return event instanceof Event && Object.keys(defaults).every((fact) => fact in event);
    });
    family[name] = isNative ? Native : derive(Event, name, defaults);
  }
  return family as unknown as EventFamily;
}

function derive(Base: typeof Event, name: string, defaults: Readonly<Record<string, unknown>>): unknown {
  return class extends Base {
    static override readonly name = name;
    constructor(type: string, init: Readonly<Record<string, unknown>> = {}) {
      super(type, init);
      for (const fact in defaults) (this as Record<string, unknown>)[fact] = init[fact] ?? defaults[fact];
    }
  };
}

/** Whether an event can be told at all: there are classes of another family than their `EventTarget`. */
function isWhole({ Event, EventTarget }: EventFamily): boolean {
  let isHeard = false;
  const target = new EventTarget();
  target.addEventListener("x", () => (isHeard = true));
  target.dispatchEvent(new Event("x"));
  return isHeard;
}

function succeeds(attempt: () => boolean): boolean {
  try {
    return attempt();
  } catch {
    return false;
  }
}
