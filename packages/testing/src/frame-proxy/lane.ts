import type { Data } from "@holdfast/core";
import type { WebSocket } from "ws";
import { Tampering, type TamperingParts } from "./tampering.ts";

/** What a lane is made of. */
export interface LaneParts extends TamperingParts {
  readonly from: WebSocket;
  readonly to: WebSocket;
}

/** With more than this waiting, the sender is not read any more and feels it. */
const highWaterMarkBytes = 256 * 1024;

/** One direction of a link: what one side says goes through the tampering to the other. */
export class Lane {
  readonly #from: WebSocket;
  readonly #to: WebSocket;
  readonly #tampering: Tampering;

  constructor(parts: LaneParts) {
    const { from, to } = parts;
    this.#from = from;
    this.#to = to;
    this.#tampering = new Tampering(parts);
    from.on("message", (data, isBinary) =>
      this.#send(this.#tampering.pass(isBinary ? (data as Buffer) : String(data))),
    );
    from.on("ping", (data) => {
      to.ping(data, undefined, this.#look);
      this.#look();
    });
    from.on("pong", (data) => {
      to.pong(data, undefined, this.#look);
      this.#look();
    });
    from.on("close", (code, reason) => this.#end(code, reason));
    to.on("close", this.#look);
  }

  /** Passes what is held. */
  release(): void {
    this.#send(this.#tampering.release());
  }

  #send(messages: readonly Data[]): void {
    for (const message of messages) this.#to.send(message, this.#look);
    this.#look();
  }

  /** Reads the sender, or not. A receiver that is going takes nothing, and must not keep the sender's close unread. */
  readonly #look = (): void => {
    const { readyState, OPEN, bufferedAmount } = this.#to;
    if (readyState === OPEN && bufferedAmount >= highWaterMarkBytes) this.#from.pause();
    else if (this.#from.isPaused) this.#from.resume();
  };

  /** The sender is gone. 1005 and 1006 say that there was no code and no close; nobody can write them. */
  #end(code: number, reason: Buffer): void {
    if (code === 1006) {
      this.#to.terminate();
      return;
    }
    this.release();
    if (code === 1005) this.#to.close();
    else this.#to.close(code, reason);
  }
}
