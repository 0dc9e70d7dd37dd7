type Handler = (this: EventTarget, event: Event) => unknown;

interface Slot {
  handler: Handler;
  readonly listener: (event: Event) => void;
}

const slots = new WeakMap<EventTarget, Map<string, Slot>>();

/**
 * Gives `prototype` the event handler attributes of the HTML standard (section 8.1.8.1): a handler takes its place among
 * the listeners when it is set, keeps it when another is put in its stead, and loses it when it becomes null.
 */
export function defineHandlers(prototype: EventTarget, types: readonly string[]): void {
  for (const type of types) {
    Object.defineProperty(prototype, `on${type}`, {
      configurable: true,
      enumerable: true,
      get(this: EventTarget) {
        return slots.get(this)?.get(type)?.handler ?? null;
      },
      set(this: EventTarget, value: unknown) {
        setHandler(this, type, value);
      },
    });
  }
}

function setHandler(target: EventTarget, type: string, value: unknown): void {
  const own = slots.get(target) ?? new Map<string, Slot>();
  slots.set(target, own);
  const slot = own.get(type);
  if (typeof value !== "function") {
    if (slot) target.removeEventListener(type, slot.listener);
    own.delete(type);
  } else if (slot) {
    slot.handler = value as Handler;
  } else {
    const added: Slot = {
      handler: value as Handler,
      listener: (event) => void added.handler.call(target, event),
    };
    own.set(type, added);
    target.addEventListener(type, added.listener);
  }
}
