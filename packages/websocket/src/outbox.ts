import { byteLength } from "./byte-length.ts";
import type { Message } from "./options.ts";

/** What waits for a connection, in order. */
export interface Outbox {
  readonly bytes: number;
  /** Takes `message` as it is now, whatever its owner does to it later; `false` when `max` are there already. */
  hold(message: Message, max: number): boolean;
  /** Gives everything away. */
  drain(): Message[];
}

export function createOutbox(): Outbox {
  let messages: Message[] = [];
  let bytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    hold(message, max) {
      if (messages.length >= max) return false;
      messages.push(copy(message));
      bytes += byteLength(message);
      return true;
    },
    drain() {
      const all = messages;
      messages = [];
      bytes = 0;
      return all;
    },
  };
}

function copy(message: Message): Message {
  if (ArrayBuffer.isView(message)) {
    return new Uint8Array(message.buffer, message.byteOffset, message.byteLength).slice();
  }
  // A Blob cannot change.
  return typeof message === "string" ? message : message.slice(0);
}

/** What `send` was given, as the standard converts it: what is not binary is text. */
export function messageOf(data: unknown): Message {
  const isBinary = ArrayBuffer.isView(data) || /(Buffer|Blob|File)]$/.test(Object.prototype.toString.call(data));
  return isBinary ? (data as Message) : `${data as string}`;
}
