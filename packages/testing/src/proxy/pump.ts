import type { Socket } from "node:net";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { Faults } from "./faults.ts";
import { reset } from "./reset.ts";

/** What the pair lets a pump pass. */
export interface Meter {
  /** How many of `bytes` may pass; they count as passed. */
  take(bytes: number): number;
  /** The system took what was last passed. */
  wrote(): void;
}

/** What a pump is made of. */
export interface PumpParts {
  readonly from: Socket;
  readonly to: Socket;
  readonly faults: Faults;
  readonly random: SeededRandom;
  readonly meter: Meter;
}

/** A piece of the stream, or how it ended. */
interface Item {
  readonly what: Buffer | "end" | "reset";
  readonly arrivedAtMs: number;
  /** Its share of the jitter, in [0, 1). */
  readonly roll: number;
}

/** With more than this waiting, the sender is not read any more and feels it. */
const highWaterMarkBytes = 256 * 1024;
/** A throttled stream comes in pieces of so much time. */
const sliceMs = 20;

/** One direction of a pair: what one side said waits here until the faults let the other side hear it. */
export class Pump {
  readonly #parts: PumpParts;
  readonly #waiting: Item[] = [];
  #waitingBytes = 0;
  /** When the throttle lets the next piece through. */
  #freeAtMs = 0;
  #isStopped = false;
  #hasEnded = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: PumpParts) {
    this.#parts = parts;
    parts.from.on("data", (chunk: Buffer) => this.#arrive(chunk));
    parts.from.on("end", () => this.end("end"));
    parts.from.on("error", () => this.end("reset"));
    // Whoever else has the socket may destroy it, and then nothing else is heard.
    parts.from.on("close", () => this.end("reset"));
    parts.to.on("connect", () => this.flush());
    parts.to.on("drain", () => this.flush());
  }

  /** Takes something as if it had come, before anything does. */
  lead(bytes: Uint8Array): void {
    this.#arrive(Buffer.from(bytes));
  }

  /** Nothing more comes. */
  end(how: "end" | "reset"): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#arrive(how);
  }

  /** Passes on what may pass by now. Only the head ever moves, so nothing overtakes. */
  flush(): void {
    clearTimeout(this.#timer);
    const { from, to, faults } = this.#parts;
    if (this.#isStopped || to.destroyed) this.#swallow();
    while (this.#waiting[0] && !faults.isBlackhole && !to.pending && !to.writableNeedDrain) {
      const waitMs = this.#readyAtMs(this.#waiting[0]) - performance.now();
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.flush(), waitMs);
        break;
      }
      if (!this.#pass(this.#waiting[0])) break;
    }
    if (this.#waitingBytes < highWaterMarkBytes) from.resume();
  }

  /** From now on swallows all that comes. */
  stop(): void {
    this.#isStopped = true;
    this.flush();
  }

  #arrive(what: Item["what"]): void {
    const { from, random } = this.#parts;
    this.#waiting.push({ what, arrivedAtMs: performance.now(), roll: random.next() });
    if (typeof what !== "string") this.#waitingBytes += what.length;
    if (this.#waitingBytes >= highWaterMarkBytes) from.pause();
    this.flush();
  }

  #readyAtMs({ arrivedAtMs, roll }: Item): number {
    const { delayMs, jitterMs, bytesPerSecond } = this.#parts.faults;
    const freeAtMs = bytesPerSecond === Infinity ? 0 : this.#freeAtMs;
    return Math.max(arrivedAtMs + delayMs + roll * jitterMs, freeAtMs);
  }

  /** Passes the head, or a piece of it; false when there is no going on. */
  #pass(item: Item): boolean {
    const { to } = this.#parts;
    if (item.what === "end" || item.what === "reset") {
      this.#waiting.shift();
      if (item.what === "end") to.end();
      else reset(to);
      return true;
    }
    return this.#passBytes(item, item.what);
  }

  #passBytes(item: Item, bytes: Buffer): boolean {
    const { to, faults, meter } = this.#parts;
    const sliceBytes = Math.max(1, Math.floor((faults.bytesPerSecond * sliceMs) / 1000));
    const passed = bytes.subarray(0, meter.take(Math.min(bytes.length, sliceBytes)));
    if (passed.length === bytes.length) this.#waiting.shift();
    else this.#waiting[0] = { ...item, what: bytes.subarray(passed.length) };
    this.#waitingBytes -= passed.length;
    this.#freeAtMs = performance.now() + (passed.length / faults.bytesPerSecond) * 1000;
    to.write(passed, () => meter.wrote());
    return passed.length > 0;
  }

  #swallow(): void {
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
  }
}
