import { randomFillSync } from "node:crypto";

const fin = 0x80;
const text = 0x01;
const masked = 0x80;
/** No character is more in UTF-8. */
const mostBytes = 3;
/** Longer messages are left to `ws`. */
export const maxFrameLength = 65_536;

/** Where a message becomes bytes before it is known how many they are. */
const plain: Buffer = Buffer.alloc(maxFrameLength * mostBytes);
const plainWords = new Int32Array(plain.buffer, plain.byteOffset, plain.length / 4);
const keys = new Int32Array(2_048);
let nextKey = keys.length;

/**
 * A text message as a client writes it (RFC 6455 section 5.3), in one piece and masked four bytes at a time. `ws` masks each by itself,
 * unless its user has installed a native addon, and that is most of what a large message costs.
 */
export function maskedFrame(message: string): Buffer {
  const length = plain.write(message);
  const head = (length < 126 ? 2 : length < 65_536 ? 4 : 10) + 4;
  // Node's buffers begin at a multiple of eight; so does the payload, with what is left free in front.
  const free = -head & 3;
  const start = free + head;
  const frame = Buffer.allocUnsafe(start + ((length + 3) & ~3));
  frame[free] = fin | text;
  if (length < 126) frame[free + 1] = masked | length;
  else if (length < 65_536) {
    frame[free + 1] = masked | 126;
    frame.writeUInt16BE(length, free + 2);
  } else {
    frame[free + 1] = masked | 127;
    frame.writeUInt16BE(0, free + 2);
    frame.writeUIntBE(length, free + 4, 6);
  }
  maskInto(new Int32Array(frame.buffer, frame.byteOffset + start - 4, 1 + ((length + 3) >> 2)));
  return frame.subarray(free, start + length);
}

/** The key, and behind it what is plain, masked with it. Four at a time, which is three times as fast as one. */
function maskInto(words: Int32Array): void {
  if (nextKey === keys.length) {
    randomFillSync(keys);
    nextKey = 0;
  }
  const key = keys[nextKey++] as number;
  words[0] = key;
  const last = words.length - 1;
  let at = 0;
  for (; at + 4 <= last; at += 4) {
    words[at + 1] = (plainWords[at] as number) ^ key;
    words[at + 2] = (plainWords[at + 1] as number) ^ key;
    words[at + 3] = (plainWords[at + 2] as number) ^ key;
    words[at + 4] = (plainWords[at + 3] as number) ^ key;
  }
  for (; at < last; at++) words[at + 1] = (plainWords[at] as number) ^ key;
}
