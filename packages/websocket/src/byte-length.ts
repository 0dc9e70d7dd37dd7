import type { Message } from "./options.ts";

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
