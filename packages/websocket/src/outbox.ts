import { byteLength } from "./byte-length.ts";
import type { Message } from "./options.ts";

/** What waits for a connection, in order. */
export class Outbox {
  #messages: Message[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** Takes `message` as it is now, whatever its owner does to it later; `false` when `max` are there already. */
  hold(message: Message, max: number): boolean {
    if (this.#messages.length >= max) return false;
    this.#messages.push(copy(message));
    this.#bytes += byteLength(message);
    return true;
  }

  /** Gives everything away. */
  drain(): Message[] {
    const messages = this.#messages;
    this.#messages = [];
    this.#bytes = 0;
    return messages;
  }
}

function copy(message: Message): Message {
  if (ArrayBuffer.isView(message)) {
    return new Uint8Array(message.buffer, message.byteOffset, message.byteLength).slice();
  }
  return typeof message === "string" || "size" in message ? message : message.slice(0);
}

/** What `send` was given, as the standard converts it: what is not binary is text. */
export function messageOf(data: unknown): Message {
  const isBinary =
    ArrayBuffer.isView(data) ||
    /^\[object (ArrayBuffer|Blob|File)\]$/.test(Object.prototype.toString.call(data));
  return isBinary ? (data as Message) : `${data as string}`;
}
