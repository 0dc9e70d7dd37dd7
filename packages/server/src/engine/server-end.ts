import { End, type Kept } from "@holdfast/core/session";

/** An end whose peer may be another page than before: PROTOCOL.md section 6.6. */
export class ServerEnd extends End {
  /** Who was asked is gone, and the session is not: what nobody will answer. */
  abandon(): readonly Kept[] {
    return this.asks.leave([]);
  }

  /** Who asked is gone, and the session is not: nothing is answered any more. The ids of what is to be ended. */
  dismiss(): readonly number[] {
    const ids = this.open;
    for (const id of ids) this.duties.cancel(id);
    return ids;
  }
}
