import { eventFamily, type EventFamily } from "./event-family.ts";

/** An `error` event: what the runtime said of it, where it says anything. */
export interface SocketErrorEvent extends Event {
  /** `"TIMEOUT"` for an attempt that took longer than `connectionTimeout`. */
  readonly message?: string;
  readonly error?: unknown;
}

/** The events of a `ReconnectingWebSocket`. */
export interface SocketEventMap {
  /** At every connection, the first included. */
  readonly open: Event;
  readonly message: MessageEvent;
  /** Always followed by `close`. */
  readonly error: SocketErrorEvent;
  /** At every loss and after every failed attempt; `shouldReconnect` tells whether it goes on. */
  readonly close: CloseEvent;
  /** A message that never left: too many waited, or the socket refused it. Not of the standard. */
  readonly dropped: MessageEvent;
}

/** An `EventTarget` that knows its events. */
export interface SocketEventTarget extends EventTarget {
  addEventListener<K extends keyof SocketEventMap>(
    type: K,
    listener: (this: WebSocket, event: SocketEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof SocketEventMap>(
    type: K,
    listener: (this: WebSocket, event: SocketEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** The event classes of this runtime. */
export const events: EventFamily = /* @__PURE__ */ eventFamily(globalThis);

/** The class to extend. */
export const SocketEventTarget: new () => SocketEventTarget = events.EventTarget;
