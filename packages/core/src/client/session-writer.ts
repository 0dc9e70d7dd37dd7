import type { End } from "../engine/end.ts";
import { burstBytes, recordBytes } from "../exchange/burst.ts";
import type { Turn } from "../ports/adapter.ts";
import type { Clock } from "../ports/clock.ts";
import { never } from "../protocol/instant.ts";
import type { Driver } from "./host.ts";

/** What writing needs of the client it writes for. */
export interface SessionWriterHost {
  readonly clock: Clock;
  readonly engine: { readonly end: Pick<End, "write" | "ackAt" | "isIdle" | "tell"> };
  /** Whether anything may be written now. Asked with every flush. */
  mayWrite(): boolean | undefined;
  readonly driver: Pick<Driver, "write">;
  readonly turn?: Turn | undefined;
}

/** When what a session has to say is written. */
export interface SessionWriter {
  /** By the end of the turn, or a moment later if it can wait. So many bytes that were asked may be worth a frame at once. */
  soon(bytes?: number, canWait?: boolean): void;
  /** Something arrived: it may have made room, or want an ack. Soon, or with what waits already. */
  heard(): void;
  /** Writes what may be written, now. */
  flush(): void;
  /** The same, and what was handed over is told: before a goodbye. */
  tell(): void;
  /** The link is gone: no ack is due any more. */
  stop(): void;
}

export function createSessionWriter(host: SessionWriterHost): SessionWriter {
  const { clock, engine, driver, mayWrite, turn = (act) => Promise.resolve().then(act) } = host;
  /** What was said since the last flush weighs so much; not a number while that left something for want of room. */
  let freshBytes = 0;
  /** At the end of this turn. */
  let next: Promise<void> | undefined;
  let cancelAck: (() => void) | undefined;

  function flush(): void {
    freshBytes = 0;
    if (!mayWrite()) return;
    // One instant for both, so that what is not due yet is ahead.
    const now = clock.now();
    for (let text; (text = engine.end.write(now));) driver.write(text);
    if (!engine.end.isIdle) freshBytes = NaN;
    const { ackAt } = engine.end;
    if (ackAt === never) return;
    cancelAck ??= clock.schedule(ackAt - now, () => {
      cancelAck = undefined;
      flush();
    });
  }

  function soon(bytes = 0, canWait?: boolean): void {
    next ??= turn(endTurn, canWait);
    freshBytes += bytes + recordBytes;
    if (bytes && !canWait && freshBytes >= burstBytes) flush();
  }

  function endTurn(): void {
    next = undefined;
    flush();
  }

  return {
    soon,
    heard() {
      if (!freshBytes) soon();
    },
    flush,
    tell() {
      engine.end.tell(clock.now());
      flush();
    },
    stop() {
      cancelAck?.();
      cancelAck = undefined;
    },
  };
}
