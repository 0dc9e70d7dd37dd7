import { expect, it } from "vitest";
import { textFrame } from "../../src/ws/text-frame.ts";

/** What a client reads of a frame, as RFC 6455 section 5.2 has it. */
function read(frame: Buffer): string {
  expect(frame[0]).toBe(0x81);
  const short = frame[1] as number;
  const length =
    short < 126 ? short : short === 126 ? frame.readUInt16BE(2) : Number(frame.readBigUInt64BE(2));
  const start = short < 126 ? 2 : short === 126 ? 4 : 10;
  expect(frame.length).toBe(start + length);
  return new TextDecoder("utf-8", { fatal: true }).decode(frame.subarray(start));
}

it("a frame is what was said, at every length at which something changes, in bytes and not in characters", () => {
  for (const one of ["x", "ä", "→", "👋"]) {
    for (const count of [0, 1, 31, 41, 42, 62, 63, 125, 126, 4_095, 21_845, 21_846, 65_535, 65_536]) {
      const text = one.repeat(count);
      expect(read(textFrame(text))).toBe(text);
    }
  }
});
