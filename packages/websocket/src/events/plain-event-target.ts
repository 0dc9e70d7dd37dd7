import type { PlainEvent } from "./plain-event.ts";

type Callback = ((event: PlainEvent) => void) | { handleEvent(event: PlainEvent): void };

interface Listener {
  readonly type: string;
  readonly callback: Callback;
  readonly once: boolean | undefined;
}

/** As much of `EventTarget` as a target without parents needs, for runtimes without it. */
export class PlainEventTarget {
  #listeners: readonly Listener[] = [];

  addEventListener(type: string, callback: Callback | null, options?: boolean | AddEventListenerOptions): void {
    const { once, signal } = Object(options) as AddEventListenerOptions;
    const isThere = this.#listeners.some((one) => one.type === type && one.callback === callback);
    if (!callback || signal?.aborted || isThere) return;
    this.#listeners = [...this.#listeners, { type, callback, once }];
    signal?.addEventListener("abort", () => this.removeEventListener(type, callback));
  }

  removeEventListener(type: string, callback: Callback | null): void {
    this.#listeners = this.#listeners.filter((one) => one.type !== type || one.callback !== callback);
  }

  dispatchEvent(event: PlainEvent): boolean {
    const at = { value: this, configurable: true };
    Object.defineProperties(event, { target: at, currentTarget: at });
    for (const listener of this.#listeners) {
      const { type, callback, once } = listener;
      // One may have been removed by the one before it.
      if (type !== event.type || event.isStopped || !this.#listeners.includes(listener)) continue;
      if (once) this.removeEventListener(type, callback);
      try {
        if (typeof callback === "function") callback.call(this, event);
        else callback.handleEvent(event);
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
