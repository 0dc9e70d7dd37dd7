import type { Message } from "./options.ts";
import { textOf } from "./text-of.ts";

/** What `send` was given, as the standard converts it: what is not binary is text. */
export function messageOf(data: unknown): Message {
  const isBinary =
    ArrayBuffer.isView(data) || /(Buffer|Blob|File)]$/.test(Object.prototype.toString.call(data));
  return isBinary ? (data as Message) : textOf(data);
}

/** `message` as it is now, whatever its owner does to it later. */
export function copyOf(message: Message): Message {
  return ArrayBuffer.isView(message)
    ? new Uint8Array(message.buffer, message.byteOffset, message.byteLength).slice()
    : message.slice(0);
}

/** How many bytes `message` is on the wire, headers aside. Counted by hand, for Hermes has had no TextEncoder. */
export function byteLength(message: Message): number {
  if (typeof message !== "string") return "size" in message ? message.size : message.byteLength;
  let bytes = 0;
  for (const character of message) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
