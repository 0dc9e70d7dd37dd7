interface Slot extends EventListenerObject {
  handler: (this: EventTarget, event: Event) => unknown;
}

/**
 * Gives `prototype` an event handler attribute as the HTML standard has them (section 8.1.8.1): a handler takes its place
 * among the listeners when it is set, keeps it when another is put in its stead, and loses it when it becomes null.
 */
export function defineHandler(prototype: EventTarget, type: string): void {
  const slots = new WeakMap<EventTarget, Slot>();
  Object.defineProperty(prototype, `on${type}`, {
    configurable: true,
    get(this: EventTarget) {
      return slots.get(this)?.handler ?? null;
    },
    set(this: EventTarget, handler: unknown) {
      const slot = slots.get(this);
      if (typeof handler !== "function") {
        slots.delete(this);
        this.removeEventListener(type, slot ?? null);
      } else if (slot) {
        slot.handler = handler as Slot["handler"];
      } else {
        const added: Slot = {
          handler: handler as Slot["handler"],
          // Not event.currentTarget: in Node that is null for every listener but the first.
          handleEvent: (event) => added.handler.call(this, event),
        };
        slots.set(this, added);
        this.addEventListener(type, added);
      }
    },
  });
}
