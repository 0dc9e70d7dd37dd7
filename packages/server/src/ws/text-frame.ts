const fin = 0x80;
const text = 0x01;

/**
 * A text message as a server writes it (RFC 6455 section 5.2), in one piece: what `ws` makes of a message are two, and a system call
 * for two pieces costs Node more than all the rest of sending it.
 */
export function textFrame(message: string): Buffer {
  const length = Buffer.byteLength(message);
  const start = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = fin | text;
  if (start === 2) frame[1] = length;
  else if (start === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt16BE(0, 2);
    frame.writeUIntBE(length, 4, 6);
  }
  frame.write(message, start);
  return frame;
}
