import { after, type Instant } from "@holdfast/core/session";

/** When to ask a peer for a sign of life, and how long to wait for it. */
export interface Heartbeat {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** Later than this, a deadline says more about our own loop than about the peer. */
export const lateMs = 100;
/** What a peer is given that is asked again. */
const probeMs = 3_000;
/** What an answer that is here but not read yet is given: the loop may have been busy until now. */
const graceMs = 20;
/** Under load every deadline may be late, so forgiving must end. */
const maxMisses = 2;

/** What a link's socket tells besides messages. */
export interface Vitals {
  readonly bufferedBytes: number;
  /** Bytes that ever left it. */
  readonly drainedBytes: number;
  /** Bytes that ever came. */
  readonly readBytes: number;
}

/** A ping that is out, and what was known when it was written. */
interface Ping extends Vitals {
  readonly at: Instant;
  readonly misses: number;
}

/** Whether the peer of one link lives. PROTOCOL.md section 7. */
export class Pulse {
  readonly #heartbeat: Heartbeat;
  #ping: Ping | undefined;
  #deadline: Instant;
  /** When anything was last heard. */
  heardAt: Instant;
  /** When anything was last written. */
  sentAt: Instant;

  constructor(heartbeat: Heartbeat, now: Instant) {
    this.#heartbeat = heartbeat;
    this.heardAt = this.sentAt = now;
    this.#deadline = after(now, heartbeat.intervalMs);
  }

  /** When to look again. */
  get deadline(): Instant {
    return this.#deadline;
  }

  /**
   * The deadline has passed: all is well, a ping is to be written, or the link is dead. The deadline of a ping starts when it
   * is written, not at the last sign of life, and one that fires late asks again before it kills.
   */
  beat(now: Instant, { bufferedBytes, drainedBytes, readBytes }: Vitals): "fine" | "ping" | "dead" {
    const { intervalMs, timeoutMs } = this.#heartbeat;
    const ping = this.#ping;
    const askFor = (ms: number, misses: number): "ping" => {
      this.#ping = { at: now, bufferedBytes, drainedBytes, readBytes, misses };
      this.#deadline = after(now, ms);
      this.sentAt = now;
      return "ping";
    };
    // Any byte is life, and so is a full buffer that drains.
    const isAlive =
      !ping ||
      this.heardAt >= ping.at ||
      readBytes > ping.readBytes ||
      (ping.bufferedBytes > 0 && drainedBytes > ping.drainedBytes);
    if (!isAlive) {
      if (now < this.#deadline) return "fine";
      if (now - this.#deadline > lateMs && ping.misses < maxMisses) return askFor(probeMs, ping.misses + 1);
      if (ping.misses) return "dead";
      this.#ping = { ...ping, misses: 1 };
      this.#deadline = after(now, graceMs);
      return "fine";
    }
    this.#ping = undefined;
    const heardAt = ping && this.heardAt < ping.at ? now : this.heardAt;
    const idleSince = heardAt < this.sentAt ? heardAt : this.sentAt;
    const due = after(idleSince, intervalMs);
    if (due <= now) return askFor(timeoutMs, 0);
    this.#deadline = due;
    return "fine";
  }
}
