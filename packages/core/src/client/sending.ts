import type { Clock } from "../ports/clock.ts";
import type { Data } from "../ports/transport.ts";
import { byteLength } from "../common/byte-length.ts";
import type { Filled, Options } from "./defaults.ts";
import type { Driver } from "./host.ts";
import { HoldfastError } from "../holdfast-error.ts";
import type { Waiter } from "../common/wait.ts";

/** A message that will not be sent. */
export interface Dropped<Out> {
  readonly message: Out;
  /** The outbox was full, the link was down, the connection ended, or the socket refused it. */
  readonly reason: "overflow" | "down" | "closed" | "unsendable";
  readonly error?: unknown;
}

/** The way out: straight to the link when it is open and keeps up, through the outbox when not. */
export interface Sending {
  /** Bytes in the outbox. */
  readonly bytes: number;
  send(message: unknown, data: Data): void;
  /** Past the outbox, to the newest link. @throws HoldfastError `INVALID_MESSAGE` */
  write(data: Data): void;
  /** Writes what waits until the socket holds so much, and comes back for the rest. [256 KiB] */
  pump(limitBytes?: number): void;
  /** No link is open: what waited for a slow one waits no longer than `whileDown` says. */
  down(): void;
  /** Drops everything that waits, and tells everybody who waits. */
  end(error: HoldfastError): void;
  /** Tells `waiter` when nothing is left to send; returns the undo. */
  drained(waiter: Waiter<void>): () => void;
}

/**
 * More than this is not left to a socket: what waits in the outbox can still be bounded and dropped, and a socket that is
 * fed in parts shows the heartbeat that it gets on.
 */
const highWaterBytes = 262_144;
/** How soon to look again at a socket that did not keep up: no browser tells when it does. */
const lookAgainMs = 20;

export function createSending(
  driver: Driver,
  clock: Clock,
  { maxBytes, whileDown, overflow }: Filled<Options["outbox"]>,
  drop: (event: Dropped<unknown>) => void,
): Sending {
  // A Set keeps the order and gives away its first as cheaply as its last.
  const outbox = new Set<{ readonly message: unknown; readonly data: Data; readonly bytes: number }>();
  const waiters = new Set<Waiter<void>>();
  let waiting = 0;
  let cancel: (() => void) | undefined;

  /** A socket that closes is no link any more, though nobody has heard of its end. */
  function isOpen(): boolean | undefined {
    return driver.state.phase === "open" && driver.link?.isWritable;
  }

  function write(data: Data): void {
    try {
      driver.write(data);
    } catch (cause) {
      throw new HoldfastError("INVALID_MESSAGE", "the socket refused it", cause);
    }
  }

  function hold(message: unknown, data: Data): void {
    // An empty message takes room as well.
    const bytes = byteLength(data) || 1;
    const most = overflow === "throw" ? waiting + bytes : bytes;
    if (most > maxBytes) {
      throw new HoldfastError("OUTBOX_FULL", `${most} bytes, outbox.maxBytes is ${maxBytes}`);
    }
    outbox.add({ message, data: typeof data === "string" ? data : new Uint8Array(data), bytes });
    waiting += bytes;
    // Whoever hears of it may close: then the newest is one of those that wait.
    empty("overflow", () => waiting > maxBytes);
    pump();
  }

  function empty(reason: Dropped<unknown>["reason"], isTooMuch = (): boolean => true): void {
    for (const item of outbox) {
      if (!isTooMuch()) break;
      outbox.delete(item);
      waiting -= item.bytes;
      drop({ message: item.message, reason });
    }
  }

  function pump(limitBytes = highWaterBytes): void {
    for (const item of outbox) {
      if (!isOpen() || driver.bufferedBytes >= limitBytes) break;
      outbox.delete(item);
      waiting -= item.bytes;
      try {
        driver.write(item.data);
      } catch (error) {
        drop({ message: item.message, reason: "unsendable", error });
      }
    }
    if (!outbox.size && !driver.bufferedBytes) {
      for (const waiter of waiters) waiter.resolve();
    } else if (isOpen() && (outbox.size || waiters.size)) {
      cancel ??= clock.schedule(lookAgainMs, () => {
        cancel = undefined;
        pump();
      });
    }
  }

  return {
    get bytes() {
      return waiting;
    },
    send(message, data) {
      if (isOpen()) {
        if (outbox.size || driver.bufferedBytes >= highWaterBytes) return hold(message, data);
        return write(data);
      }
      if (whileDown === "hold") return hold(message, data);
      if (whileDown === "drop") return drop({ message, reason: "down" });
      throw new HoldfastError("LINK_DOWN", "no link is open");
    },
    write,
    pump,
    down() {
      if (whileDown !== "hold") empty("down");
      pump();
    },
    end(error) {
      cancel?.();
      cancel = undefined;
      empty("closed");
      for (const waiter of waiters) waiter.reject(error);
    },
    drained(waiter) {
      waiters.add(waiter);
      pump();
      return () => waiters.delete(waiter);
    },
  };
}
