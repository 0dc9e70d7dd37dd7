import type { ClientEngine } from "../engine/client-engine.ts";
import type { Clock } from "../ports/clock.ts";
import { never } from "../protocol/instant.ts";
import type { Driver } from "./host.ts";

/** What writing needs of the client it writes for. */
export interface SessionWriterHost {
  readonly clock: Clock;
  readonly engine: ClientEngine;
  /** Whether anything may be written now. Asked with every flush. */
  mayWrite(): boolean;
  readonly driver: Pick<Driver, "write">;
}

/** When what a session has to say is written. */
export interface SessionWriter {
  /** By the end of the turn; a peer that could begin already does not wait so long. */
  soon(): void;
  /** Writes what may be written, now. */
  flush(): void;
  /** The same, and what was handed over is told: before a goodbye. */
  tell(): void;
  /** The link is gone: no ack is due any more. */
  stop(): void;
}

/** So many records are worth a frame of their own, whatever the turn still brings. */
const burst = 32;

export function createSessionWriter({ clock, engine, driver, mayWrite }: SessionWriterHost): SessionWriter {
  let unflushed = 0;
  let cancelAck: (() => void) | undefined;

  function flush(): void {
    unflushed = 0;
    if (!mayWrite()) return;
    for (;;) {
      const text = engine.write(clock.now());
      if (text === undefined) break;
      driver.write(text);
    }
    const { ackAt } = engine.end;
    if (ackAt === never) return;
    cancelAck ??= clock.schedule(ackAt - clock.now(), () => {
      cancelAck = undefined;
      flush();
    });
  }

  return {
    soon() {
      if (++unflushed === 1) void Promise.resolve().then(flush);
      else if (unflushed >= burst) flush();
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
