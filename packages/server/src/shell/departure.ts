import type { Clock } from "@holdfast/core/exchange";
import { after, encode } from "@holdfast/core/session";
import { lateMs } from "../engine/pulse.ts";
import type { HostedLink } from "./hosted-link.ts";
import type { HostedSession } from "./hosted-session.ts";

/**
 * Lets one link go while the server drains, at a moment of its own, with nothing left in doubt that need not be. PROTOCOL.md section 6.7.
 *
 * - `staying`: until its moment, anywhere in the first half of the time.
 * - `leaving`: until no call of either end is open, or for a quarter of the time: who waits long for an answer is held up by nothing meanwhile.
 * - `calming`: the client may write nothing more, and what is on its way arrives.
 * - `calm`: it has arrived. When it is handed over and answered, or after an eighth of the time, the client is asked to move.
 */
export class Departure {
  readonly #link: HostedLink;
  readonly #session: HostedSession;
  readonly #clock: Clock;
  readonly #withinMs: number;
  readonly #url: string | undefined;
  #phase: "staying" | "leaving" | "calming" | "calm" | "over" = "staying";
  #cancel: () => void;

  /**
   * @param withinMs - until whoever is still here is hung up
   * @param url - for the client's next dial
   */
  constructor(
    link: HostedLink,
    session: HostedSession,
    clock: Clock,
    withinMs: number,
    url: string | undefined,
  ) {
    this.#link = link;
    this.#session = session;
    this.#clock = clock;
    this.#withinMs = withinMs;
    this.#url = url;
    this.#cancel = clock.schedule((clock.random() * withinMs) / 2, () => this.#leave());
  }

  /** Something was handed over, answered or written. */
  look(): void {
    const { isTalking, engine } = this.#session;
    if (isTalking) return;
    if (this.#phase === "leaving") this.#calm();
    if (this.#phase === "calm" && engine.end.isThrough) this.#move();
  }

  /** What was on its way has arrived. */
  arrived(): void {
    if (this.#phase !== "calming") return;
    this.#phase = "calm";
    this.look();
  }

  /** Its time is over. Who was not asked is told where to dial next at least; the end of the link comes before any moment of the client's own. */
  hurry(): void {
    if (this.#phase !== "over" && this.#url !== undefined) this.#move(this.#withinMs);
  }

  /** The link is gone. */
  stop(): void {
    this.#phase = "over";
    this.#cancel();
  }

  #leave(): void {
    this.#phase = "leaving";
    this.#cancel = this.#clock.schedule(this.#withinMs / 4, () => this.#calm());
    this.look();
  }

  #calm(): void {
    this.#cancel();
    this.#phase = "calming";
    const waitMs = this.#withinMs / 8;
    const due = after(this.#clock.now(), waitMs);
    this.#cancel = this.#clock.schedule(waitMs, () => {
      if (this.#clock.now() - due <= lateMs) return this.#move();
      // The loop stood still: what is awaited may be here, and nobody has read it.
      this.#cancel = this.#clock.schedule(waitMs / 2, () => this.#move());
    });
    this.#link.write(encode(["ack", this.#session.engine.end.position, 0]));
    this.#link.ping();
  }

  #move(withinMs: number = 0): void {
    this.stop();
    this.#link.write(
      encode(["drain", this.#url === undefined ? { withinMs } : { withinMs, url: this.#url }]),
    );
  }
}
