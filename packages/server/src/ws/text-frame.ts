const fin = 0x80;
const text = 0x01;

/** Longer messages are left to `ws`, which makes no bytes of them before the system call: no more memory is asked for. */
export const maxFrameLength = 4_095;

/**
 * A text message of at most {@link maxFrameLength} characters as a server writes it (RFC 6455 section 5.2), in one piece: what `ws` makes
 * of a message are two, and a system call for two pieces costs Node more than all the rest of sending it.
 */
export function textFrame(message: string): Buffer {
  const length = Buffer.byteLength(message);
  const start = length < 126 ? 2 : 4;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = fin | text;
  if (start === 2) frame[1] = length;
  else {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  }
  frame.write(message, start);
  return frame;
}
