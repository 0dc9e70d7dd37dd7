import type { PlainEvent } from "./plain-event.ts";

interface Listener {
  (event: PlainEvent): void;
  handleEvent?(event: PlainEvent): void;
}

/** As much of `EventTarget` as a target without parents needs, for runtimes without it. */
export class PlainEventTarget {
  /** By type, in order; with each whether it is to be called but once. */
  readonly #listeners: Record<string, Map<Listener, boolean | undefined>> = {};

  addEventListener(
    type: string,
    listener: Listener | null,
    options?: boolean | AddEventListenerOptions,
  ): void {
    const { once, signal } = Object(options) as AddEventListenerOptions;
    const listeners = (this.#listeners[type] ??= new Map());
    if (!listener || signal?.aborted || listeners.has(listener)) return;
    listeners.set(listener, once);
    signal?.addEventListener("abort", () => listeners.delete(listener));
  }

  removeEventListener(type: string, listener: Listener): void {
    this.#listeners[type]?.delete(listener);
  }

  dispatchEvent(event: PlainEvent): boolean {
    const at = { value: this, configurable: true };
    Object.defineProperties(event, { target: at, currentTarget: at });
    const listeners = this.#listeners[event.type] ?? new Map<Listener, boolean>();
    for (const [listener, once] of Array.from(listeners)) {
      // One may have been removed by the one before it.
      if (event.isStopped || !listeners.has(listener)) continue;
      if (once) listeners.delete(listener);
      try {
        if (listener.handleEvent) listener.handleEvent(event);
        else listener.call(this, event);
      } catch (error) {
        // A listener cannot break us: as in the standard, this is for the global handler.
        setTimeout(() => {
          throw error;
        });
      }
    }
    return !event.defaultPrevented;
  }
}
