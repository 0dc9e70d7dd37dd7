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
  let family: Record<string, unknown> = { EventTarget: PlainEventTarget, Event: PlainEvent };
  try {
    const { EventTarget, Event } = scope as EventFamily;
    // One that comes from elsewhere throws.
    new EventTarget().dispatchEvent(new Event("x"));
    family = { EventTarget, Event };
  } catch {
    // Then ours.
  }
  const { Event } = family as unknown as EventFamily;
  for (const [name, defaults] of Object.entries(facts)) {
    try {
      const Native = scope[name as keyof typeof facts] as unknown as typeof globalThis.Event;
      const event = new Native("x", defaults as EventInit);
      if (event instanceof Event && Object.keys(defaults).every((fact) => fact in event))
        family[name] = Native;
    } catch {
      // Then ours.
    }
    family[name] ??= class extends Event {
      static override readonly name = name;
      constructor(type: string, init: Readonly<Record<string, unknown>>) {
        super(type);
        for (const [fact, value] of Object.entries(defaults)) {
          (this as unknown as Record<string, unknown>)[fact] = init[fact] ?? value;
        }
      }
    };
  }
  return family as unknown as EventFamily;
}
