import type { PlainEvent } from "./plain-event.ts";

type Callback = ((event: PlainEvent) => void) | { handleEvent(event: PlainEvent): void };

interface Listener {
  readonly type: string;
  readonly callback: Callback;
  readonly capture: boolean;
  readonly once: boolean;
}

/** As much of `EventTarget` as a target without parents needs, for runtimes without it. */
export class PlainEventTarget {
  readonly #listeners = new Set<Listener>();

  addEventListener(
    type: string,
    callback: Callback | null,
    options: boolean | AddEventListenerOptions = {},
  ): void {
    const {
      capture = false,
      once = false,
      signal,
    } = typeof options === "object" ? options : { capture: options };
    if (!callback || signal?.aborted || this.#find(type, callback, capture)) return;
    const listener = { type, callback, capture, once };
    this.#listeners.add(listener);
    signal?.addEventListener("abort", () => this.#listeners.delete(listener));
  }

  removeEventListener(
    type: string,
    callback: Callback | null,
    options: boolean | EventListenerOptions = {},
  ): void {
    const { capture = false } = typeof options === "object" ? options : { capture: options };
    const listener = callback && this.#find(type, callback, capture);
    if (listener) this.#listeners.delete(listener);
  }

  dispatchEvent(event: PlainEvent): boolean {
    const at = { value: this, configurable: true };
    Object.defineProperties(event, { target: at, currentTarget: at });
    for (const listener of [...this.#listeners]) {
      // One may have been removed by the one before it.
      if (listener.type !== event.type || !this.#listeners.has(listener)) continue;
      if (listener.once) this.#listeners.delete(listener);
      this.#call(listener.callback, event);
      if (event.isStopped) break;
    }
    return !event.defaultPrevented;
  }

  #call(callback: Callback, event: PlainEvent): void {
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

  #find(type: string, callback: Callback, capture: boolean): Listener | undefined {
    for (const listener of this.#listeners) {
      if (listener.type === type && listener.callback === callback && listener.capture === capture)
        return listener;
    }
    return undefined;
  }
}
